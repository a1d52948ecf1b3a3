import { describe, expect, test } from "@jest/globals";
import type { Fault, SeedCampaign } from "../../src/simulator/simulator.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { startHoldingProxy } from "../support/holding-proxy.js";
import { pass } from "../support/pass.js";
import { until } from "../support/until.js";

const READ = `{ campaign(id: "SENDING") { id } }`;
const BLACK_HOLE = { match: { method: "GET" }, times: "always", answer: { kind: "black-hole" } } as const;

test.each([
  ["1500", 1_500],
  ["999999999", 4_000],
])("a caller who waits %s ms is answered after %d ms at the latest", async (header, ms) => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({ clock, env: { QUERY_DEADLINE_MS: "4000" } });
  gateway.simulator.addFault(BLACK_HOLE);
  let isOver = false;
  const answer = gateway.query(READ, {}, { "x-request-timeout-ms": header }).finally(() => (isOver = true));
  await until(() => gateway.simulator.requests.length === 1);
  clock.advance(ms - 1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(isOver).toBe(false);
  clock.advance(1);
  expect((await answer).body.errors[0].extensions.code).toBe("UPSTREAM_TIMEOUT");
});

const PRESS = (id: string) =>
  `cancelCampaignSend(id: "${id}", revision: "2026-07-15", action: CANCEL) { outcome problem { code message } }`;

function patches({ simulator }: TestGateway): number {
  return simulator.requests.filter(({ method }) => method === "PATCH").length;
}

function audits({ logs }: TestGateway): readonly unknown[] {
  return logs.filter(({ msg, campaignId }) => msg === "cancel" && campaignId === "ONE").map(({ outcome }) => outcome);
}

/** A gateway over a campaign that is being sent, and a caller of it who waits for a second. */
async function pressInAHurry(
  fault: Fault,
  campaign: Partial<SeedCampaign> = {},
  onLog: (line: string) => void = () => {},
) {
  const clock = new HeldClock(false);
  const campaigns = [{ id: "ONE", status: "Sending", settleAfterMs: 300, ...campaign }];
  const gateway = await startGateway({ clock, simulator: { campaigns }, onLog });
  gateway.simulator.addFault(fault);
  const answer = gateway.query(`mutation { ${PRESS("ONE")} }`, {}, { "x-request-timeout-ms": "1000" });
  await until(() => patches(gateway) === 1);
  return { gateway, answer };
}

describe("a cancel whose caller's time is over", () => {
  test("is told as UNKNOWN, seen through, and put on record as what became of it", async () => {
    const fault: Fault = { match: { method: "PATCH" }, answer: { kind: "black-hole" }, applied: true };
    const { gateway, answer } = await pressInAHurry(fault);
    gateway.clock.advance(1_000);
    expect((await answer).body.data.cancelCampaignSend).toMatchObject({
      outcome: "UNKNOWN",
      problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("the request's time was up") },
    });
    expect(audits(gateway)).toEqual([]);
    // A shutdown waits for it.
    await pass(gateway, gateway.close());
    expect(audits(gateway)).toEqual(["STOPPED"]);
    expect(patches(gateway)).toBe(1);
    expect(gateway.clock.pendingCount).toBe(0);
  });

  test("is told as ACCEPTED once Klaviyo has, and watched on", async () => {
    const look: Fault = { match: { method: "GET" }, answer: { kind: "status", status: 503 } };
    const { gateway, answer } = await pressInAHurry(look, { settleAfterMs: 3_000 });
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data.cancelCampaignSend).toMatchObject({
      outcome: "ACCEPTED",
      problem: { code: "STILL_STOPPING" },
    });
    await pass(gateway, gateway.close());
    expect(audits(gateway)).toEqual(["STOPPED"]);
  });

  test("is not asked for again, and the end is told as it is", async () => {
    const fault: Fault = { match: { method: "PATCH" }, times: "always", answer: { kind: "status", status: 503 } };
    const { gateway, answer } = await pressInAHurry(fault);
    const asked: number[] = [];
    gateway.simulator.onRequest(({ method }) => {
      if (method === "PATCH") asked.push(gateway.clock.now());
    });
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data.cancelCampaignSend.outcome).toBe("UNKNOWN");
    await pass(gateway, gateway.close());
    expect(asked.length).toBeGreaterThan(0);
    expect(Math.max(...asked)).toBeLessThan(1_000);
    expect(audits(gateway)).toEqual(["UNKNOWN"]);
  });

  test("that was refused until then has changed nothing", async () => {
    const answer429 = { kind: "status", status: 429, headers: { "retry-after": "2" } } as const;
    const { gateway, answer } = await pressInAHurry({ match: { method: "PATCH" }, times: "always", answer: answer429 });
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data.cancelCampaignSend).toMatchObject({
      outcome: "NOT_STOPPED",
      problem: { code: "RATE_LIMITED" },
    });
    await pass(gateway, gateway.close());
    expect(audits(gateway)).toEqual(["NOT_STOPPED"]);
    expect(patches(gateway)).toBe(1);
  });

  test("leaves no time for the one after it, which is not begun", async () => {
    const clock = new HeldClock(false);
    const gateway = await startGateway({ clock });
    gateway.simulator.addFault({ match: { method: "PATCH" }, times: "always", answer: { kind: "black-hole" } });
    const query = `mutation { a: ${PRESS("ONE")} b: ${PRESS("TWO")} }`;
    const answer = gateway.query(query, {}, { "x-request-timeout-ms": "2000" });
    await until(() => patches(gateway) === 1);
    clock.advance(2_000);
    expect((await answer).body.data).toMatchObject({
      a: { outcome: "UNKNOWN" },
      b: { outcome: "NOT_STOPPED", problem: { code: "UPSTREAM_TIMEOUT" } },
    });
    expect(patches(gateway)).toBe(1);
    await pass(gateway, gateway.close());
  });
});

/** A gateway with one connection for reads and one for cancels, and one of each that keep them until the proxy lets them go. */
async function startWithBusyConnection() {
  const clock = new HeldClock(false);
  const campaigns = ["ONE", "OTHER"].map((id) => ({ id, status: "Sending", settleAfterMs: 300 }));
  const proxy = await startHoldingProxy({ now: () => clock.trueMs(), campaigns, limits: "off" });
  const env = { KLAVIYO_CONNECTIONS: "1", QUERY_DEADLINE_MS: "60000" };
  const gateway = await startGateway({ clock, env, upstreamUrl: proxy.url });
  const read = gateway.query(`{ campaign(id: "ONE") { id } }`);
  await until(() => proxy.held.length === 1);
  const other = gateway.query(`mutation { ${PRESS("OTHER")} }`);
  await until(() => proxy.held.length === 2);
  const timers = clock.pendingCount;
  /** Each caller in a hurry has a timer, and so has the one PATCH. */
  const arePressed = (hurried: number) => until(() => clock.pendingCount === timers + hurried + 1);
  const press = (headers: Record<string, string> = {}) => gateway.query(`mutation { ${PRESS("ONE")} }`, {}, headers);
  let releasing: NodeJS.Timeout | undefined;
  /** From now on everything is let through. */
  const letGo = () => (releasing ??= setInterval(() => proxy.held.forEach((held) => held.release()), 1));
  const patched = () =>
    proxy.simulator.requests.filter(({ method, path }) => method === "PATCH" && path.includes("ONE")).length;
  /** Lets time pass until something is over, but none while a call is on its way: that takes real time. */
  const passTo = async (work: Promise<unknown>) => {
    let isOver = false;
    void work.then(() => (isOver = true));
    await until(() => {
      if (clock.pendingCount > 0 && proxy.underWayCount === 0) clock.advance(50);
      return isOver;
    });
  };
  const close = async () => {
    letGo();
    await passTo(gateway.close());
    clearInterval(releasing);
    await proxy[Symbol.asyncDispose]();
  };
  return { gateway, read, other, press, arePressed, letGo, passTo, patched, [Symbol.asyncDispose]: close };
}

describe("a cancel that could not be begun before its caller's time was over", () => {
  test("is told as such, and not begun when its connection is free", async () => {
    await using busy = await startWithBusyConnection();
    const { gateway, read, other, press, arePressed, letGo, passTo, patched } = busy;
    const answer = press({ "x-request-timeout-ms": "1000" });
    await arePressed(1);
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data.cancelCampaignSend).toMatchObject({
      outcome: "NOT_STOPPED",
      problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("Nothing was changed") },
    });
    letGo();
    await read;
    await passTo(other);
    await passTo(gateway.close());
    expect(patched()).toBe(0);
    expect(audits(gateway)).toEqual(["NOT_STOPPED"]);
  });

  test("is told as UNKNOWN where somebody else still waits for the same, who gets it", async () => {
    await using busy = await startWithBusyConnection();
    const { gateway, press, arePressed, letGo, passTo, patched } = busy;
    const patient = press();
    await arePressed(0);
    const hurried = press({ "x-request-timeout-ms": "1000" });
    await arePressed(1);
    await pass(gateway, hurried, 1_000);
    const { outcome, problem } = (await hurried).body.data.cancelCampaignSend;
    expect(outcome).toBe("UNKNOWN");
    expect(problem.message).toContain("before Klaviyo accepted");
    expect(patched()).toBe(0);
    letGo();
    await until(() => patched() === 1);
    await passTo(patient);
    expect((await patient).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    expect(patched()).toBe(1);
  });
});

test("what goes wrong after a cancel's caller has been answered is logged as an incident", async () => {
  const fault: Fault = { match: { method: "PATCH" }, answer: { kind: "black-hole" }, applied: true };
  const onLog = (line: string) => {
    if (line.includes('"audit":"cancelCampaignSend"')) throw new Error("the disk is full");
  };
  const { gateway, answer } = await pressInAHurry(fault, {}, onLog);
  gateway.clock.advance(1_000);
  expect((await answer).body.data.cancelCampaignSend.outcome).toBe("UNKNOWN");
  await pass(gateway, gateway.close());
  expect(gateway.logs.filter(({ msg }) => msg === "incident")).toEqual([
    expect.objectContaining({
      incidentId: expect.any(String),
      err: expect.objectContaining({ message: "the disk is full" }),
    }),
  ]);
});

test("the patient do not get the answer of somebody in a hurry, nor do those wait for the patient: one PATCH does for all", async () => {
  const clock = new HeldClock(false);
  await using gateway = await startGateway({
    clock,
    simulator: { campaigns: [{ id: "ONE", status: "Sending", settleAfterMs: 3_000 }] },
  });
  const outcomes: Record<string, string> = {};
  const press = async (who: string, ms?: string) => {
    const { body } = await gateway.query(`mutation { ${PRESS("ONE")} }`, {}, ms ? { "x-request-timeout-ms": ms } : {});
    outcomes[who] = body.data.cancelCampaignSend.outcome;
  };
  const hurried = [press("hurried, first", "1000")];
  await until(() => patches(gateway) === 1);
  const patient = [press("patient")];
  hurried.push(press("hurried, last", "1000"));
  await pass(gateway, Promise.all(hurried), 1_500);
  expect(outcomes).toEqual({ "hurried, first": "ACCEPTED", "hurried, last": "ACCEPTED" });
  await pass(gateway, Promise.all(patient), 10_000);
  expect(outcomes).toMatchObject({ patient: "STOPPED" });
  expect(patches(gateway)).toBe(1);
});

test.each(["", "0", "-5", "soon", "1.5", "9999999999"])(
  "%j is no time to wait: 400, and nothing is asked",
  async (header) => {
    await using gateway = await startGateway();
    const { status, body } = await gateway.query(READ, {}, { "x-request-timeout-ms": header });
    expect(status).toBe(400);
    expect(body.errors[0]).toMatchObject({
      message: "The header x-request-timeout-ms must be a whole number of milliseconds from 1 to 999999999.",
      extensions: { code: "BAD_REQUEST" },
    });
    expect(gateway.simulator.requests).toEqual([]);
  },
);

import { describe, expect, test } from "@jest/globals";
import type { Fault, SeedCampaign } from "../../src/simulator/simulator.js";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { startHoldingProxy } from "../support/holding-proxy.js";
import { pass } from "../support/pass.js";
import { until } from "../support/until.js";
import { refusal } from "./writes.js";

const HURRY = { "x-request-timeout-ms": "1000" };
const RENAME = `updateCampaign(id: "ONE", input: { name: "New" }) { outcome problem { code message } campaign { name } }`;
const DELETE = `deleteCampaign(id: "ONE") { outcome problem { code message } deletedId }`;
const SEND = `sendCampaign(id: "ONE") { outcome problem { code message } sendJob { id } }`;

const LOST: Fault["answer"] = { kind: "black-hole" };

function start(fault: Fault, campaign: Partial<SeedCampaign> = {}): Promise<TestGateway> {
  const campaigns = [{ id: "ONE", status: "Draft", ...campaign }];
  return startGateway({ clock: new HeldClock(false), simulator: { campaigns } }).then((gateway) => {
    gateway.simulator.addFault(fault);
    return gateway;
  });
}

function writes(gateway: TestGateway): readonly string[] {
  return wire(gateway).filter((line) => !line.startsWith("GET"));
}

function audits({ logs }: TestGateway): readonly unknown[] {
  return logs.filter(({ msg }) => msg === "write").map(({ outcome }) => outcome);
}

describe("a write whose caller's time is over", () => {
  test.each([
    ["updateCampaign", RENAME, "PATCH", "DONE"],
    ["deleteCampaign", DELETE, "DELETE", "DONE"],
    ["sendCampaign", SEND, "POST", "ACCEPTED"],
  ])(
    "%s is told as UNKNOWN, seen through, and put on record as what became of it",
    async (name, field, method, end) => {
      const gateway = await start({ match: { method }, answer: LOST, applied: true });
      const answer = gateway.query(`mutation { ${field} }`, {}, HURRY);
      await until(() => writes(gateway).length === 1);
      await pass(gateway, answer, 1_000);
      expect((await answer).body.data[name]).toMatchObject({
        outcome: "UNKNOWN",
        problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("The request's time was up") },
      });
      expect(audits(gateway)).toEqual([]);
      // A shutdown waits for it.
      await pass(gateway, gateway.close());
      expect(audits(gateway)).toEqual([end]);
      expect(writes(gateway)).toHaveLength(1);
      expect(gateway.clock.pendingCount).toBe(0);
    },
  );

  test("is told as done where it is, without what could not be read back by then", async () => {
    const gateway = await start({ match: { method: "GET" }, times: "always", answer: LOST });
    const field = `updateCampaign(id: "ONE", input: { name: "New" }) { outcome campaign { name tags { id } } }`;
    const answer = gateway.query(`mutation { ${field} }`, {}, HURRY);
    await until(() => wire(gateway).length === 2);
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data.updateCampaign).toMatchObject({ outcome: "DONE", campaign: { name: "New" } });
    expect(audits(gateway)).toEqual(["DONE"]);
    await pass(gateway, gateway.close());
  });

  test("leaves no time for the one after it, which is not begun", async () => {
    const gateway = await start({ match: { method: "PATCH" }, answer: LOST, applied: true });
    const answer = gateway.query(`mutation { ${RENAME} ${DELETE} }`, {}, HURRY);
    await until(() => writes(gateway).length === 1);
    await pass(gateway, answer, 1_000);
    expect((await answer).body.data).toMatchObject({
      updateCampaign: { outcome: "UNKNOWN" },
      deleteCampaign: { outcome: "REFUSED", problem: { code: "UPSTREAM_TIMEOUT" } },
    });
    await pass(gateway, gateway.close());
    expect(writes(gateway)).toEqual(["PATCH /api/campaigns/ONE"]);
    expect(audits(gateway)).toEqual(["REFUSED", "DONE"]);
  });

  test("shares a send with somebody who waits for its end, and does not cut it short", async () => {
    const gateway = await start({ match: { method: "POST" }, answer: LOST, applied: true });
    const hurried = gateway.query(`mutation { ${SEND} }`, {}, HURRY);
    await until(() => writes(gateway).length === 1);
    const timers = gateway.clock.pendingCount;
    const patient = gateway.query(`mutation { ${SEND} }`, {}, { "x-request-timeout-ms": "14000" });
    await until(() => gateway.clock.pendingCount > timers);
    await pass(gateway, hurried, 1_000);
    expect((await hurried).body.data.sendCampaign.outcome).toBe("UNKNOWN");
    await pass(gateway, patient);
    expect((await patient).body.data.sendCampaign.outcome).toBe("ACCEPTED");
    await pass(gateway, gateway.close());
    expect(writes(gateway)).toHaveLength(1);
    expect(audits(gateway)).toEqual(["ACCEPTED", "ACCEPTED"]);
  });
});

test("a write that had no connection before its caller's time was over is told as not begun, and is not", async () => {
  const clock = new HeldClock(false);
  const campaigns = [{ id: "ONE", status: "Draft" }];
  await using proxy = await startHoldingProxy({ now: () => clock.trueMs(), campaigns, limits: "off" });
  const env = { KLAVIYO_CONNECTIONS: "1", QUERY_DEADLINE_MS: "60000" };
  const gateway = await startGateway({ clock, env, upstreamUrl: proxy.url });
  const read = gateway.query(`{ campaign(id: "ONE") { id } }`);
  await until(() => proxy.held.length === 1);
  const timers = clock.pendingCount;
  const answer = gateway.query(`mutation { ${DELETE} }`, {}, HURRY);
  await until(() => clock.pendingCount === timers + 2);
  await pass(gateway, answer, 1_000);
  expect((await answer).body.data.deleteCampaign).toMatchObject({
    outcome: "REFUSED",
    problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("Nothing was changed") },
  });
  proxy.held[0]?.release();
  await read;
  await pass(gateway, gateway.close());
  expect(proxy.held).toHaveLength(1);
  expect(audits(gateway)).toEqual(["REFUSED"]);
});

test("a send that two share and that Klaviyo refused is told as refused also while the campaign is read back", async () => {
  const clock = new HeldClock(false);
  const gateway = await startGateway({ clock, simulator: { campaigns: [{ id: "ONE", status: "Draft" }] } });
  gateway.simulator.addFault({ match: { method: "POST" }, answer: refusal(400) });
  gateway.simulator.addFault({ match: { method: "GET" }, times: "always", answer: { kind: "black-hole" } });
  const send = (ms: number) =>
    gateway.query(
      `mutation { sendCampaign(id: "ONE") { outcome campaign { status } } }`,
      {},
      { "x-request-timeout-ms": `${ms}` },
    );
  const [hurried, patient] = [send(1_000), send(14_000)];
  await until(() => gateway.simulator.requests.filter(({ method }) => method === "GET").length === 2);
  await pass(gateway, hurried, 1_000);
  expect((await hurried).body.data.sendCampaign).toEqual({ outcome: "REFUSED", campaign: null });
  await pass(gateway, patient);
  await pass(gateway, gateway.close());
});

import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import type { Fault, SeedCampaign } from "../../src/simulator/simulator.js";
import { type GraphqlAnswer, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { pass } from "../support/pass.js";
import { startReplicas } from "../support/replicas.js";
import { until } from "../support/until.js";

const PATCHES = { match: { method: "PATCH" } } as const;
const READS = { match: { method: "GET" } } as const;
const THROTTLED = { kind: "status", status: 429, headers: { "retry-after": "2" } } as const;
const SILENCE = { kind: "black-hole" } as const;
const HURRY = { "x-request-timeout-ms": "1000" };
const PATIENT = { "x-request-timeout-ms": "14900" };

/** A gateway over a campaign that is being sent. */
function start(campaign: Partial<SeedCampaign> = {}, ...faults: readonly Fault[]): Promise<TestGateway> {
  const campaigns = [{ id: "ONE", name: "Sale", status: "Sending", settleAfterMs: 300, ...campaign }];
  return startGateway({ clock: new HeldClock(false), simulator: { campaigns } }).then((gateway) => {
    for (const fault of faults) gateway.simulator.addFault(fault);
    return gateway;
  });
}

const mutationOf = (action: string, selection: string) =>
  `mutation { cancelCampaignSend(id: "ONE", revision: "2026-07-15", action: ${action}) {
    outcome status problem { code message } ${selection} } }`;

interface Press {
  readonly action?: string;
  /** Of the campaign, besides its status. */
  readonly selection?: string;
  readonly headers?: Record<string, string>;
}

/** Presses, and waits until the press has begun a flight or joined one: each caller here says how long it waits, which is a timer. */
async function press(gateway: TestGateway, { action = "CANCEL", selection = "", headers = PATIENT }: Press = {}) {
  const { clock } = gateway;
  await settle();
  const timers = clock.pendingCount;
  const answer = gateway.query(mutationOf(action, selection), {}, headers);
  await until(() => clock.pendingCount > timers);
  return { payload: answer.then(payloadIn) };
}

/** Whatever becomes of a cancel is data, and no error. */
function payloadIn({ body }: GraphqlAnswer) {
  expect(body.errors).toBeUndefined();
  return body.data.cancelCampaignSend;
}

/** What is on its way over loopback comes, and the timers that it sets or stops are set or stopped. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
}

function countOf({ simulator }: TestGateway, asked: string): number {
  return simulator.requests.filter(({ method }) => method === asked).length;
}

/** Lets time pass in steps, and what they set off be done, until something has happened. */
async function passUntil(gateway: TestGateway, hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) {
    gateway.clock.advance(10);
    await settle();
  }
}

describe("a cancel that equals one in flight", () => {
  test("is one with it in real time, where no two requests come at the same moment", async () => {
    const campaigns = [{ id: "ONE", status: "Sending", settleAfterMs: 100 }];
    await using replicas = await startReplicas(1, {}, { campaigns, limits: "off" });
    replicas.simulator.addFault({ ...PATCHES, answer: { kind: "delay", ms: 400 }, times: "always" });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => replicas.each[0]?.query(mutationOf("CANCEL", ""))));
    expect(answers.map((answer) => answer?.body.data.cancelCampaignSend.outcome)).toEqual(Array(5).fill("STOPPED"));
    expect(replicas.simulator.requests.filter(({ method }) => method === "PATCH")).toHaveLength(1);
  });

  test("is one with it a moment later", async () => {
    await using gateway = await start({}, { ...PATCHES, answer: THROTTLED });
    const first = await press(gateway);
    await until(() => countOf(gateway, "PATCH") === 1);
    gateway.clock.advance(900);
    const second = await press(gateway);
    await pass(gateway, Promise.all([first.payload, second.payload]));
    expect(await second.payload).toMatchObject({ outcome: "STOPPED" });
    expect(countOf(gateway, "PATCH")).toBe(2);
  });

  test("asks for itself where that one has asked in vain for most of its time", async () => {
    await using gateway = await start({}, { answer: { kind: "status", status: 503 }, times: "always" });
    const first = await press(gateway);
    await passUntil(gateway, () => gateway.clock.now() >= 14_500);
    gateway.simulator.clearFaults();
    const second = await press(gateway);
    await pass(gateway, Promise.all([first.payload, second.payload]));
    expect(await second.payload).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
  });

  test("asks for itself where a revert was accepted before: the draft may have been sent anew since", async () => {
    await using gateway = await start({ settleAfterMs: 350 });
    const first = await press(gateway, { action: "REVERT" });
    await passUntil(gateway, () => countOf(gateway, "GET") === 1);
    expect(gateway.simulator.statusOf("ONE")).toBe("Sending");
    await passUntil(gateway, () => gateway.simulator.statusOf("ONE") === "Draft");
    expect(
      (await gateway.query(`mutation { sendCampaign(id: "ONE") { outcome } }`)).body.data.sendCampaign.outcome,
    ).toBe("ACCEPTED");
    const second = await press(gateway, { action: "REVERT" });
    await pass(gateway, Promise.all([first.payload, second.payload]));
    expect(await second.payload).toMatchObject({ outcome: "STOPPED", status: "DRAFT" });
    expect(countOf(gateway, "PATCH")).toBe(2);
  });
});

test("looks that are not answered do not keep the next cancel of a request waiting for much longer than the waiting time", async () => {
  const campaigns = ["ONE", "TWO", "SIX"].map((id) => ({ id, status: "Sending", settleAfterMs: 300 }));
  await using gateway = await startGateway({ clock: new HeldClock(false), simulator: { campaigns } });
  gateway.simulator.addFault({ ...READS, answer: SILENCE, times: "always" });
  const cancels = campaigns.map(
    ({ id }) => `${id}: cancelCampaignSend(id: "${id}", revision: "2026-07-15", action: CANCEL) { outcome }`,
  );
  const answer = gateway.query(`mutation { ${cancels.join(" ")} }`);
  const goesOut = (count: number) => passUntil(gateway, () => countOf(gateway, "PATCH") === count);
  await goesOut(2);
  expect(gateway.clock.now()).toBeLessThanOrEqual(6_600);
  await goesOut(3);
  await pass(gateway, answer);
  expect((await answer).body.data).toEqual({
    ONE: { outcome: "ACCEPTED" },
    TWO: { outcome: "ACCEPTED" },
    SIX: { outcome: "ACCEPTED" },
  });
});

test("what one who joins wants to see besides is not read when the time of their request is over", async () => {
  const campaigns = [
    { id: "ONE", status: "Sending", settleAfterMs: 60_000 },
    { id: "TWO", status: "Sending", settleAfterMs: 5_000 },
  ];
  const env = { CANCEL_DEADLINE_MS: "10000", CANCEL_WAIT_MS: "5500" };
  await using gateway = await startGateway({ clock: new HeldClock(false), simulator: { campaigns }, env });
  const { clock, simulator } = gateway;
  simulator.addFault({ ...PATCHES, answer: { kind: "status", status: 429, headers: { "retry-after": "4" } } });
  const first = press(gateway);
  await until(() => countOf(gateway, "PATCH") === 1);
  const stop = (id: string, selection: string) =>
    `${id}: cancelCampaignSend(id: "${id}", revision: "2026-07-15", action: CANCEL) { outcome ${selection} }`;
  const second = gateway.query(`mutation { ${stop("TWO", "")} ${stop("ONE", "campaign { name }")} }`);
  const endedAtMs = second.then(() => clock.now());
  await passUntil(gateway, () => clock.now() >= 4_800);
  for (const path of ["/api/campaigns/ONE", "/api/campaign-send-jobs/ONE"])
    simulator.addFault({ match: { method: "GET", path }, answer: SILENCE, times: "always" });
  await pass(gateway, Promise.all([endedAtMs, (await first).payload]));
  expect((await second).body.data).toEqual({
    TWO: { outcome: "STOPPED" },
    ONE: { outcome: "ACCEPTED", campaign: null },
  });
  expect(await endedAtMs).toBeLessThanOrEqual(10_050);
});

test("what one who joins last reads for itself is judged like any other look", async () => {
  await using gateway = await start({ settleAfterMs: 5_150 });
  const { clock, simulator } = gateway;
  const first = await press(gateway);
  await passUntil(gateway, () => clock.now() >= 4_950);
  // The last look is on its way for some real time, and it takes some for the one after it to arrive.
  simulator.addFault({ ...READS, answer: { kind: "delay", ms: 200 } });
  simulator.onRequest(({ query }) => void (query.includes("name") && clock.advance(100)));
  const looks = countOf(gateway, "GET");
  await passUntil(gateway, () => countOf(gateway, "GET") > looks);
  const second = await press(gateway, { selection: "campaign { name }" });
  expect(await first.payload).toMatchObject({ outcome: "ACCEPTED", status: "SENDING" });
  expect(await second.payload).toEqual({
    outcome: "STOPPED",
    status: "CANCELLED",
    problem: null,
    campaign: { name: "Sale" },
  });
  const audited = gateway.logs.flatMap(({ audit, outcome }) => (audit === "cancelCampaignSend" ? [outcome] : []));
  expect(audited).toEqual(["ACCEPTED", "STOPPED"]);
});

test("one with a little more time does not keep those who join it beyond the time of their request", async () => {
  const campaigns = ["ONE", "TWO"].map((id) => ({ id, status: "Sending", settleAfterMs: 700 }));
  await using gateway = await startGateway({ clock: new HeldClock(false), simulator: { campaigns } });
  const { clock, simulator } = gateway;
  const answer503 = { kind: "status", status: 503 } as const;
  const match = { method: "PATCH", path: "/api/campaign-send-jobs/ONE" };
  simulator.addFault({ match, answer: answer503, times: "always" });
  const stop = (id: string) =>
    `${id}: cancelCampaignSend(id: "${id}", revision: "2026-07-15", action: CANCEL) { outcome }`;
  const early = gateway.query(`mutation { ${stop("TWO")} ${stop("ONE")} }`);
  await until(() => countOf(gateway, "PATCH") === 1);
  await passUntil(gateway, () => clock.now() >= 650);
  const late = await press(gateway);
  await passUntil(gateway, () => clock.now() >= 15_000);
  // Time stands still until it is told.
  expect((await early).body.data).toEqual({ TWO: { outcome: "STOPPED" }, ONE: { outcome: "UNKNOWN" } });
  await pass(gateway, late.payload);
  // It goes on to its end, of which each of them has a line.
  await pass(gateway, gateway.close());
  const isOfOne = ({ audit, campaignId }: Record<string, unknown>) =>
    audit === "cancelCampaignSend" && campaignId === "ONE";
  expect(gateway.logs.filter(isOfOne)).toHaveLength(2);
});

describe("a caller whose time is over", () => {
  test("is not told that nothing was changed while somebody else still has it asked for", async () => {
    await using gateway = await start({}, { ...PATCHES, answer: THROTTLED });
    const patient = await press(gateway);
    const hurried = await press(gateway, { headers: HURRY });
    await pass(gateway, hurried.payload, 1_000);
    expect(await hurried.payload).toMatchObject({
      outcome: "UNKNOWN",
      problem: { message: expect.stringContaining("It may yet be asked for others") },
    });
    await pass(gateway, patient.payload);
    expect(await patient.payload).toMatchObject({ outcome: "STOPPED" });
    expect(countOf(gateway, "PATCH")).toBe(2);
  });

  test("is told how it ended, as far as that is known, and what could not be read; as is one who waits in vain", async () => {
    await using gateway = await start({ settleAfterMs: 0 }, { ...READS, answer: { kind: "delay", ms: 300 } });
    const first = await press(gateway);
    await passUntil(gateway, () => countOf(gateway, "GET") === 1);
    gateway.simulator.addFault({ ...READS, answer: SILENCE, times: "always" });
    const hurried = await press(gateway, { selection: "campaign { name }", headers: HURRY });
    const patient = await press(gateway, { selection: "campaign { name }" });
    // The look that is on its way is answered in real time.
    expect(await first.payload).toEqual({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    await pass(gateway, Promise.all([hurried.payload, patient.payload]));
    const unread = {
      outcome: "STOPPED",
      status: null,
      campaign: null,
      problem: { code: "UPSTREAM_TIMEOUT", message: expect.stringContaining("could not be read") },
    };
    expect(await hurried.payload).toEqual(unread);
    expect(await patient.payload).toEqual(unread);
  });

  test("is told that Klaviyo refused, with the status that was read, while it is watched whether another cancel is at work", async () => {
    await using gateway = await start({ refusesAction: 400 });
    const hurried = await press(gateway, { headers: HURRY });
    await pass(gateway, hurried.payload);
    expect(await hurried.payload).toEqual({
      outcome: "NOT_STOPPED",
      status: "SENDING",
      problem: {
        code: "NOT_SENDING",
        message:
          'Nothing was changed: Klaviyo refused to CANCEL the campaign, which is still "Sending". ' +
          "Ask again in a moment, or stop it in Klaviyo.",
      },
    });
    await pass(gateway, gateway.close());
  });

  test("is told nothing of a campaign that was read without what was asked of it", async () => {
    await using gateway = await start({ settleAfterMs: 5_000 });
    const first = await press(gateway);
    await passUntil(gateway, () => countOf(gateway, "GET") === 1);
    await settle();
    gateway.simulator.addFault({ ...READS, answer: SILENCE, times: "always" });
    const hurried = await press(gateway, { selection: "campaign { name }", headers: HURRY });
    await pass(gateway, Promise.all([first.payload, hurried.payload]));
    expect(await hurried.payload).toMatchObject({
      outcome: "ACCEPTED",
      campaign: null,
      problem: { code: "STILL_STOPPING" },
    });
    await pass(gateway, gateway.close());
  });
});

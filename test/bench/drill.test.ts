import { describe, expect, test } from "@jest/globals";
import { accountForAudit, type AuditLine, CANCEL_PATH, faultsOfRequests } from "../../bench/drill/accounting.ts";
import { throttledCount } from "../../bench/drill/budget-use.ts";
import type { CancelRecord, Click } from "../../bench/drill/cancel-record.ts";
import { replicaAt } from "../../bench/drill/exchange.ts";
import { failingShare } from "../../bench/drill/failing-share.ts";
import { klaviyoControl, type Write } from "../../bench/drill/klaviyo-control.ts";
import { plotOf } from "../../bench/drill/plot.ts";
import { planPresses } from "../../bench/drill/presses.ts";
import { ReadTally } from "../../bench/drill/read-tally.ts";
import { reportOf } from "../../bench/drill/report.ts";
import { type DrillRecord, runDrill, seedCampaigns } from "../../bench/drill/run-drill.ts";
import { seededRandom } from "../../bench/drill/seeded-random.ts";
import { summarize } from "../../bench/drill/summary.ts";
import { liesIn, type Truth } from "../../bench/drill/truthfulness.ts";
import { createApp } from "../../src/app.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { testConfig } from "../support/gateway.js";

const SECONDS = 3;

/** Short times, so that a cancel which never settles does not hold up the test. */
const TIMES = { CANCEL_WAIT_MS: "1000", CANCEL_DEADLINE_MS: "4000", KLAVIYO_ATTEMPT_TIMEOUT_MS: "2000" };

/** A drill in this process, on the real clock: what it asserts is what was said and done, never how fast. */
async function smallDrill(): Promise<{ readonly record: DrillRecord; readonly audits: readonly AuditLine[] }> {
  const random = seededRandom(7);
  const simulator = createSimulator({ random });
  const klaviyoUrl = await simulator.listen();
  const logs: string[] = [];
  const app = createApp(testConfig({ KLAVIYO_BASE_URL: klaviyoUrl, ...TIMES }), {
    logDestination: { write: (line) => void logs.push(line) },
  });
  const klaviyo = klaviyoControl(klaviyoUrl);
  const replica = replicaAt("replica-1", await app.listen());
  const strike = () => klaviyo.addFaults(failingShare());
  const presses = planPresses(SECONDS, random);
  await seedCampaigns(klaviyo, presses);
  const record = await runDrill({
    replicas: [replica],
    klaviyo,
    seconds: SECONDS,
    frontends: 20,
    presses,
    blows: [{ label: "Klaviyo fails 30 % of calls", atMs: (SECONDS * 1000) / 2, strike }],
    seed: 7,
  });
  await replica.close();
  await app.close();
  await klaviyo.close();
  await simulator.close();
  const lines = logs.map((line) => JSON.parse(line)).filter(({ audit }) => audit === "cancelCampaignSend");
  return { record, audits: lines.map((line) => ({ ...line, replica: "replica-1" })) };
}

test("a drill against the gateway: each cancel is answered with the truth, and nothing is lost", async () => {
  const { record, audits } = await smallDrill();
  const summary = summarize(record);
  expect(summary.asked).toBeGreaterThan(15);
  expect(summary.lies).toEqual([]);
  expect(summary.truthful).toBe(summary.asked);
  expect(faultsOfRequests(record)).toEqual([]);
  const audit = accountForAudit(record, audits, []);
  const { counts, ...faults } = audit;
  expect(faults).toEqual({ answers: [], patches: [], diedWithReplica: [] });
  expect(counts.audits).toBe(summary.asked);
  expect(counts.patches).toBeGreaterThanOrEqual(summary.asked);
  expect(throttledCount(record.traffic)).toBe(0);
  const options = {
    kind: "gateway",
    replicaCount: 1,
    seconds: SECONDS,
    frontends: 20,
    seed: 7,
    env: {},
    root: "",
    logs: "",
  } as const;
  const column = { summary, result: { options, record, audit, logs: new Map(), killed: [], notes: ["it was small."] } };
  const report = reportOf([column], { ...options, scenarios: [options], writesDocs: false });
  expect(report).toMatch(new RegExp(`Cancels asked[ |]+${summary.asked} `));
  expect(report).toContain("- gateway, 1 replica: it was small.");
  expect(plotOf([column])).not.toMatch(/NaN|undefined/);
  // The drill did what it is named after: frontends read, some were turned away, and Klaviyo failed.
  expect(summary.reads.served).toBeGreaterThan(0);
  expect(summary.reads.asked).toBeGreaterThan(summary.reads.served);
  expect(record.traffic.counts.some(({ answered }) => answered === null || answered >= 500)).toBe(true);
}, 30_000);

const ID = "01JDRILL";
const CLICK: Click = { requestId: "drill-c-1", replica: "replica-1", atMs: 1_000, endedAtMs: 3_000, kind: "answered" };
const PRESS = { campaignId: ID, atMs: 0, isStoppable: true, seed: {} };
const PATCH: Write = { method: "PATCH", path: `${CANCEL_PATH}${ID}`, atMs: 1_100, carriedOut: 204, answered: 204 };
const SENDING = { atMs: 0, status: "Sending" };
const CANCELLED = { atMs: 2_000, status: "Cancelled" };
const SENT = { atMs: 2_000, status: "Sent" };

function cancelled(outcome: string, statusText: string | null = null): CancelRecord {
  return { press: PRESS, clicks: [{ ...CLICK, claim: { outcome, statusText, reason: null } }] };
}

describe("what counts as true", () => {
  const stopped: Truth = { statuses: [SENDING, CANCELLED], patches: [PATCH] };
  const goesOn: Truth = { statuses: [SENDING], patches: [{ ...PATCH, carriedOut: null, answered: 503 }] };
  const takenOn: Truth = { statuses: [SENDING, { ...CANCELLED, atMs: 9_000 }], patches: [{ ...PATCH, answered: 500 }] };
  const tooLate: Truth = { statuses: [SENDING, SENT], patches: [] };

  test.each([
    ["STOPPED", stopped, true],
    ["STOPPED", goesOn, false],
    ["STOPPED", takenOn, false],
    ["ALREADY_STOPPED", { ...stopped, patches: [] }, true],
    ["ALREADY_STOPPED", stopped, false],
    ["ALREADY_STOPPED", goesOn, false],
    ["ACCEPTED", takenOn, true],
    ["ACCEPTED", goesOn, false],
    ["TOO_LATE", tooLate, true],
    ["TOO_LATE", goesOn, false],
    ["NOT_STOPPED", goesOn, true],
    ["NOT_STOPPED", takenOn, false],
    ["FAILED", goesOn, true],
    ["FAILED", takenOn, false],
    ["UNKNOWN", takenOn, true],
    ["SPLENDID", stopped, false],
  ] satisfies [string, Truth, boolean][])("%s, after %j: %s", (outcome, truth, isTrue) => {
    expect(liesIn(cancelled(outcome), truth)).toHaveLength(isTrue ? 0 : 1);
  });

  test("a status is one that the campaign had while the click was being answered", () => {
    expect(liesIn(cancelled("STOPPED", "Cancelled"), stopped)).toEqual([]);
    expect(liesIn(cancelled("STOPPED", "Draft"), stopped)).toEqual([
      `${ID} drill-c-1: it said "Draft", but the campaign was Sending, then Cancelled`,
    ]);
  });

  test("what another click led to does not count against this one", () => {
    const before = { ...stopped, patches: [{ ...PATCH, atMs: 500 }] };
    expect(liesIn(cancelled("ALREADY_STOPPED"), before)).toEqual([]);
  });
});

describe("accounting", () => {
  const line: AuditLine = {
    replica: "replica-1",
    requestId: "drill-c-1",
    campaignId: ID,
    outcome: "STOPPED",
    time: 3_000,
    durationMs: 1_990,
  };
  const record = recordOf([cancelled("STOPPED")], [PATCH]);
  const account = (audits: readonly AuditLine[], of = record, killed: readonly string[] = []) => {
    const { answers, patches, diedWithReplica } = accountForAudit(of, audits, killed);
    return [answers.length, patches.length, diedWithReplica.length];
  };

  test("finds nothing where each answer and each PATCH has one line", () => {
    expect(account([line])).toEqual([0, 0, 0]);
  });

  test.each([
    ["a line is missing", [], [1, 1, 0]],
    ["there are two", [line, line], [1, 1, 0]],
    ["the line says something else", [{ ...line, outcome: "UNKNOWN" }], [1, 0, 0]],
    ["nobody asked", [line, { ...line, requestId: "other", campaignId: "other" }], [1, 0, 0]],
    ["the line is of another time", [{ ...line, time: 90_000 }], [0, 1, 0]],
  ])("finds it when %s", (_, audits, expected) => {
    expect(account(audits)).toEqual(expected);
  });

  test("counts apart what died with a replica", () => {
    expect(account([], record, ["replica-1"])).toEqual([0, 0, 2]);
    expect(account([], record, ["replica-2"])).toEqual([1, 1, 0]);
  });

  test("finds requests that were answered never, twice, or with somebody else's answer", () => {
    const lost = { press: PRESS, clicks: [{ ...CLICK, kind: "lost" as const }] };
    const twice = { press: PRESS, clicks: [CLICK, CLICK] };
    expect(faultsOfRequests(recordOf([{ press: PRESS, clicks: [CLICK] }], []))).toEqual([]);
    expect(faultsOfRequests(recordOf([lost, twice], []))).toHaveLength(2);
    const reads = new ReadTally();
    reads.asked = 2;
    reads.add("replica-1", 0, { kind: "answered", status: 200, body: { data: { a: 1 } }, isMine: false }, 1);
    expect(faultsOfRequests({ ...recordOf([], []), reads })).toEqual([
      "2 reads were asked, 1 ended",
      "1 answers were somebody else's",
    ]);
  });
});

function recordOf(cancels: readonly CancelRecord[], writes: readonly Write[]): DrillRecord {
  const reads = new ReadTally();
  const rest = { startedAtMs: 0, seconds: 1, frontends: 0, blows: [], statuses: new Map() };
  return { ...rest, reads, cancels, traffic: { counts: [], writes } };
}

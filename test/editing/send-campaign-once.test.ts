import { describe, expect, test } from "@jest/globals";
import { SendCampaignService } from "../../src/editing/send-campaign.service.js";
import { WriteProgress } from "../../src/editing/write-progress.js";
import { keyCredential } from "../../src/klaviyo/credential.js";
import { createDispatcher } from "../../src/klaviyo/dispatcher.js";
import { CallGate } from "../../src/klaviyo/call-gate.js";
import { NO_BOARD } from "../../src/resilience/circuit-board.js";
import { EndpointCircuits } from "../../src/klaviyo/endpoint-circuits.js";
import { KlaviyoClient } from "../../src/klaviyo/klaviyo-client.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { attributesQuery } from "../../src/klaviyo/resource-query.js";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { NEWEST_REVISION } from "../../src/klaviyo/revisions.js";
import { RunningWork } from "../../src/resilience/running-work.js";
import { createSimulator, type FaultAnswer } from "../../src/simulator/simulator.js";
import { API_KEY } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { SEND_ONLY } from "./sends.js";
import { ID, onWrite, passTimeOnWrites, payloadOf, startWithDraft, UNCERTAIN, writes } from "./writes.js";

const ANY_FAULT: readonly (readonly [string, FaultAnswer])[] = [
  ...UNCERTAIN,
  ...[400, 401, 403, 404, 405, 409, 410, 415, 422, 429].map(
    (status) => [`HTTP ${status}`, { kind: "status", status }] as const,
  ),
  ["an end in the middle of the body", { kind: "reset-mid-body" }],
  ["half a document", { kind: "truncated" }],
  ["a slow body", { kind: "slow-body", chunkBytes: 50, everyMs: 1 }],
  ["a delay", { kind: "delay", ms: 5 }],
  ["a huge body", { kind: "huge-body", bytes: 20_000 }],
  ["a redirect", { kind: "redirect", location: "/api/campaign-send-jobs" }],
  ["an answer about another campaign", { kind: "wrong-id" }],
];

describe("no single fault sends a campaign twice", () => {
  const cases = ANY_FAULT.flatMap(([name, answer]) => [true, false].map((applied) => [name, applied, answer] as const));

  test.each(cases)("%s, carried out: %s", async (_, applied, answer) => {
    const env = { KLAVIYO_RESPONSE_LIMIT_BYTES: "10000" };
    await using gateway = await startWithDraft([], {}, { env });
    // Should a second request reach Klaviyo, it would find a draft again: nothing but the gateway's own care is in its way.
    for (const fault of onWrite(answer, { applied })) gateway.simulator.addFault(fault);
    if (answer.kind === "black-hole") passTimeOnWrites(gateway);
    const { outcome } = await payloadOf(gateway, SEND_ONLY, { id: ID });
    const isKnownNotToBeDone = answer.kind === "status" && answer.status === 429 && !applied;
    expect(writes(gateway)).toHaveLength(isKnownNotToBeDone ? 2 : 1);
    const isUnderWay = gateway.simulator.statusOf(ID) !== "Draft";
    if (outcome === "ACCEPTED") expect(isUnderWay).toBe(true);
    // A refusal that Klaviyo gave although it acted would be its lie, not ours; all others must be true.
    if (outcome === "REFUSED" && !applied) expect(isUnderWay).toBe(false);
  });

  test("nor do calls at the same time, each of which sees of the campaign what it asked for", async () => {
    const simulator = createSimulator({ limits: "off", campaigns: [{ id: ID, name: "Sale", status: "Draft" }] });
    const origin = await simulator.listen();
    const dispatcher = createDispatcher({ origin, connections: 8, connectTimeoutMs: 2_000, attemptTimeoutMs: 4_000 });
    const clock = new HeldClock();
    const settings = {
      readingRevision: NEWEST_REVISION,
      attemptTimeoutMs: 4_000,
      responseLimitBytes: 100_000,
    } as const;
    const gate = new CallGate({ clock, ledger: new MemoryLedger(clock), limits: "off", account: "a", cancelShare: 0 });
    const client = new KlaviyoClient({
      dispatcher,
      gate,
      clock,
      credential: keyCredential(() => API_KEY),
      account: "a",
      ...settings,
      circuits: new EndpointCircuits({ breaker: "off", clock, random: () => 1, board: NO_BOARD, onCircuit: () => {} }),
      answers: new MemoryAnswers(clock, 1_000),
      cache: "off",
      readAttempts: 1,
      random: () => 1,
      onAttempt: () => {},
      onRead: () => {},
    });
    const running = new RunningWork();
    const service = new SendCampaignService();
    const progress = new WriteProgress(clock);
    progress.callers.join(Infinity);
    const onLateError = () => {};
    const times = { deadlineMs: 15_000, patienceMs: Infinity };
    const call = { client, clock, random: () => 1, running, onLateError, caller: "", progress, ...times };
    const query = attributesQuery("campaign", ["name"]);
    const payloads = await Promise.all(
      [undefined, query, undefined].map((wanted) => service.send({ id: ID, query: wanted }, call)),
    );
    expect(payloads.map(({ outcome }) => outcome)).toEqual(["ACCEPTED", "ACCEPTED", "ACCEPTED"]);
    expect(payloads.map(({ campaign }) => campaign?.name)).toEqual([undefined, "Sale", undefined]);
    expect(simulator.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
    await dispatcher.destroy();
    await simulator.close();
  });
});

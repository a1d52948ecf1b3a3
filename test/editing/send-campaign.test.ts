import { setImmediate } from "node:timers/promises";
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
import { until } from "../support/until.js";
import {
  ERROR_ID,
  ID,
  inputErrorOf,
  onRead,
  onTheWire,
  onWrite,
  passTimeOnWrites,
  payloadOf,
  PROBLEM,
  queriesOfReads,
  refusal,
  startWithDraft,
  UNCERTAIN,
  writes,
} from "./writes.js";

const SEND = `mutation ($id: ID!) { sendCampaign(id: $id) { ${PROBLEM} sendJob { id status } campaign { status } } }`;
const SEND_ONLY = `mutation ($id: ID!) { sendCampaign(id: $id) { ${PROBLEM} sendJob { id status } } }`;

const LINE = "POST /api/campaign-send-jobs";

describe("sendCampaign", () => {
  test("asks Klaviyo in its words, at the gateway's revision", async () => {
    await using gateway = await startWithDraft();
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toEqual({
      outcome: "ACCEPTED",
      problem: null,
      sendJob: { id: ID, status: "QUEUED" },
    });
    const [request, ...more] = gateway.simulator.requests;
    expect(more).toEqual([]);
    expect(onTheWire(request)).toEqual({
      line: LINE,
      query: "fields[campaign-send-job]=status",
      contentType: "application/vnd.api+json",
      body: { data: { type: "campaign-send-job", id: ID } },
    });
    expect(request?.headers).toMatchObject({
      accept: "application/vnd.api+json",
      authorization: `Klaviyo-API-Key ${API_KEY}`,
      revision: "2026-07-15",
      "x-klaviyo-revision-fall-forward-opt-out": "1",
    });
  });

  test("reads the campaign back where it is selected, with what is selected", async () => {
    await using gateway = await startWithDraft();
    const mutation = `mutation ($id: ID!) { sendCampaign(id: $id) { outcome campaign { name status } } }`;
    const payload = await payloadOf(gateway, mutation, { id: ID });
    expect(payload).toMatchObject({ outcome: "ACCEPTED", campaign: { name: "Sale" } });
    expect(payload.campaign.status).not.toBe("DRAFT");
    expect(queriesOfReads(gateway)).toEqual([`/api/campaigns/${ID}?fields[campaign]=name,status`]);
  });

  test("is ACCEPTED though the campaign cannot be read back", async () => {
    await using gateway = await startWithDraft([onRead({ kind: "status", status: 503 }, { times: "always" })]);
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "ACCEPTED", campaign: null });
  });

  test("leaves one audit line, which names the campaign and the caller", async () => {
    await using gateway = await startWithDraft();
    await gateway.query(SEND_ONLY, { id: ID }, { "apollographql-client-name": "panel", "x-request-id": "r-1" });
    const lines = gateway.logs.filter((line) => line["audit"] === "sendCampaign");
    expect(lines).toEqual([
      expect.objectContaining({
        targetId: ID,
        outcome: "ACCEPTED",
        problem: null,
        requestId: "r-1",
        caller: expect.objectContaining({ clientName: "panel" }),
      }),
    ]);
  });

  test.each(["", "../x", "a b", "a".repeat(65)])("refuses the id %j before anything goes out", async (id) => {
    await using gateway = await startWithDraft();
    expect(await inputErrorOf(gateway, SEND, { id })).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: [{ field: "id" }],
    });
  });
});

describe("a send that Klaviyo refuses", () => {
  test.each([
    ["NOT_ACCEPTED", refusal(400, { source: { pointer: "/data/id" }, detail: "The campaign has no template." })],
    ["CONFLICT", refusal(409)],
    ["NOT_FOUND", refusal(404)],
    ["FORBIDDEN", refusal(403)],
    ["UPSTREAM_UNAUTHORIZED", refusal(401)],
    ["UPSTREAM_UNAUTHORIZED", refusal(400, { code: "not_authenticated" })],
    ["UPSTREAM_REFUSED", refusal(410)],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "html", status: 403 }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "redirect", location: "/api/campaign-send-jobs" }],
  ] as const)("is REFUSED with %s, asked once, and the campaign is shown as it is", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    const payload = await payloadOf(gateway, SEND, { id: ID });
    expect(payload).toMatchObject({
      outcome: "REFUSED",
      problem: { code, message: expect.stringContaining("Nothing was changed") },
      sendJob: null,
      campaign: { status: "DRAFT" },
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("says what Klaviyo found fault with, and its error id", async () => {
    const detail = "The campaign has no template.";
    await using gateway = await startWithDraft(onWrite(refusal(400, { source: { pointer: "/data/id" }, detail })));
    expect((await payloadOf(gateway, SEND, { id: ID })).problem).toEqual({
      code: "NOT_ACCEPTED",
      message: `Nothing was changed: Klaviyo does not accept to send campaign ${ID}, because of id.`,
      retryAfterMs: null,
      klaviyoErrorId: ERROR_ID,
      fields: [{ path: "id", message: detail }],
    });
  });

  test("names the scope that the key lacks", async () => {
    await using gateway = await startWithDraft([], {}, { simulator: { apiKeys: { [API_KEY]: ["campaigns:read"] } } });
    const { problem } = await payloadOf(gateway, SEND, { id: ID });
    expect(problem).toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("campaigns:write") });
  });
});

describe("a send that Klaviyo throttles", () => {
  test("is asked again after the wait, once the campaign is seen to be a draft still", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "2" } }).slice(0, 1),
    );
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({ outcome: "ACCEPTED", problem: null });
    const lines = gateway.simulator.requests.map(({ method, path }) => `${method} ${path}`);
    expect(lines).toEqual([LINE, `GET /api/campaigns/${ID}`, LINE]);
    const [first, second] = writes(gateway);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(2_000);
  });

  test("is told at once when the wait is longer than there is time", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "60" } }),
    );
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "RATE_LIMITED", retryAfterMs: 60_000 },
    });
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBe(0);
  });

  test("is not asked again when the campaign cannot be looked at", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 429 }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "REFUSED", problem: { code: "RATE_LIMITED" } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("ends with the time for asking, and nothing is sent after it", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "3" } }, { times: "always" }),
    );
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "REFUSED", problem: { code: "RATE_LIMITED" } });
    expect(writes(gateway)).toHaveLength(4);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });
});

describe("a send whose answer is lost", () => {
  test.each(UNCERTAIN)("(%s, carried out) is ACCEPTED: the campaign is seen on its way", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer, { applied: true }));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "ACCEPTED", problem: null, sendJob: { id: ID } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(UNCERTAIN)("(%s, not carried out) is UNKNOWN, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, SEND, { id: ID });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", campaign: { status: "DRAFT" } });
    expect(payload.problem.message).toContain("its status was DRAFT");
    expect(payload.problem.message).toContain("Do not send it again before");
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("is ACCEPTED when Klaviyo is slow to show it", async () => {
    const timeline = [{ afterMs: 2_000, status: "Preparing to send" }];
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }), { timeline });
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({ outcome: "ACCEPTED" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is UNKNOWN when the campaign cannot be looked at", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 504 }, { applied: true }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each(["Sent", "Cancelled", "Something New"])("is UNKNOWN when the campaign is %s", async (status) => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 504 }), { status });
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "UNKNOWN" });
  });

  test("is REFUSED, NOT_FOUND, when there is no such campaign", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 504 }));
    expect(await payloadOf(gateway, SEND, { id: "gone" })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "NOT_FOUND" },
    });
  });
});

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

describe("a send whose client or process leaves", () => {
  test("goes on when the client hangs up, and is on record", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }, { applied: true }));
    const client = new AbortController();
    gateway.simulator.onRequest(() => client.abort());
    const body = JSON.stringify({ query: SEND, variables: { id: ID } });
    const headers = { "content-type": "application/json" };
    const call = fetch(`${gateway.url}/graphql`, { method: "POST", body, headers, signal: client.signal });
    await expect(call).rejects.toThrow("aborted");
    await until(() => gateway.logs.some((line) => line["audit"] === "sendCampaign"));
    expect(gateway.logs.find((line) => line["audit"] === "sendCampaign")).toMatchObject({ outcome: "ACCEPTED" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is waited for when the process is told to end, though its client has left", async () => {
    const held = Promise.withResolvers<void>();
    const gateway = await startWithDraft(
      onWrite({ kind: "delay", ms: 1 }),
      {},
      { simulator: { sleep: () => held.promise } },
    );
    const client = new AbortController();
    const body = JSON.stringify({ query: SEND_ONLY, variables: { id: ID } });
    const headers = { "content-type": "application/json" };
    const call = fetch(`${gateway.url}/graphql`, { method: "POST", body, headers, signal: client.signal });
    await until(() => gateway.simulator.requests.length === 1);
    client.abort();
    await expect(call).rejects.toThrow("aborted");
    let isClosed = false;
    const closed = gateway.close().then(() => void (isClosed = true));
    for (let turn = 0; turn < 100; turn++) await setImmediate();
    expect(isClosed).toBe(false);
    held.resolve();
    await closed;
    expect(gateway.logs.find((line) => line["audit"] === "sendCampaign")).toMatchObject({ outcome: "ACCEPTED" });
    expect(gateway.logs.some((line) => line["msg"] === "writes were cut off by the drain time")).toBe(false);
  });

  test("leaves no timer behind", async () => {
    await using gateway = await startWithDraft(onWrite({ kind: "status", status: 503 }));
    await payloadOf(gateway, SEND, { id: ID });
    expect(gateway.clock.pendingCount).toBe(0);
  });
});

test("a send that cannot leave is REFUSED, within its time", async () => {
  await using gateway = await startWithDraft([], {}, { upstreamUrl: "http://127.0.0.1:1" });
  expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({
    outcome: "REFUSED",
    problem: { code: "UPSTREAM_UNAVAILABLE", message: expect.stringContaining("Nothing was changed") },
  });
  expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
});

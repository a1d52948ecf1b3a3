import { expect, test } from "@jest/globals";
import type { AskedCall } from "../../src/klaviyo/asked-call.js";
import { attempt } from "../../src/klaviyo/attempt.js";
import type { Attempt } from "../../src/klaviyo/attempt-record.js";
import { CallGate } from "../../src/klaviyo/call-gate.js";
import { createDispatcher } from "../../src/klaviyo/dispatcher.js";
import { type CircuitChange, EndpointCircuits } from "../../src/klaviyo/endpoint-circuits.js";
import { OPERATIONS } from "../../src/klaviyo/operations.js";
import { NEWEST_REVISION } from "../../src/klaviyo/revisions.js";
import { NO_BOARD } from "../../src/resilience/circuit-board.js";
import type { CallLedger } from "../../src/resilience/call-ledger.js";
import { DeadlineExceededError } from "../../src/resilience/deadline.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { Metrics } from "../../src/server/metrics.js";
import { API_KEY } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { startHoldingProxy } from "../support/holding-proxy.js";
import { until } from "../support/until.js";

/** One connection to a Klaviyo that answers when the test says so, and three calls in a minute. */
async function startAttempts(ledgerOf: (clock: HeldClock) => CallLedger = (clock) => new MemoryLedger(clock)) {
  const clock = new HeldClock(false);
  const proxy = await startHoldingProxy({ limits: "off", campaigns: [{ id: "C", status: "Draft" }] });
  const dispatcher = createDispatcher({
    origin: proxy.url,
    connections: 1,
    connectTimeoutMs: 2_000,
    attemptTimeoutMs: 4_000,
  });
  const limits = new Map([["get_campaign", { perSecond: 10, perMinute: 3 }]]);
  const attempts: Attempt[] = [];
  const changes: CircuitChange[] = [];
  const options = {
    dispatcher,
    clock,
    attemptTimeoutMs: 4_000,
    responseLimitBytes: 100_000,
    circuits: new EndpointCircuits({
      breaker: "on",
      clock,
      random: () => 1,
      board: NO_BOARD,
      onCircuit: (change) => void changes.push(change),
    }),
    gate: new CallGate({ clock, ledger: ledgerOf(clock), limits, account: "a", cancelShare: 0 }),
    onAttempt: (ended: Attempt) => void attempts.push(ended),
  };
  const call = { operation: OPERATIONS.getCampaign, call: {}, path: "/api/campaigns/C" };
  const ask = (signal?: AbortSignal) => {
    const asked: AskedCall = { ...call, revision: NEWEST_REVISION, signal, remainingMs: 100 };
    return attempt(options, asked, `Klaviyo-API-Key ${API_KEY}`);
  };
  const close = async () => {
    await dispatcher.destroy();
    await proxy[Symbol.asyncDispose]();
  };
  return { clock, proxy, ask, attempts, changes, [Symbol.asyncDispose]: close };
}

const GONE = new Error("gone");
const HELD_BACK = { failure: { kind: "held-back" } };

test("calls whose callers leave while they wait for a connection do not count: they were never made", async () => {
  await using klaviyo = await startAttempts();
  const first = klaviyo.ask();
  await until(() => klaviyo.proxy.held.length === 1);
  for (let n = 0; n < 5; n++) {
    const leaving = new AbortController();
    const left = klaviyo.ask(leaving.signal);
    leaving.abort(GONE);
    await expect(left).rejects.toBe(GONE);
  }
  expect(klaviyo.attempts).toMatchObject(Array(5).fill({ isGivenUp: true, status: undefined, failure: undefined }));
  const others = [klaviyo.ask(), klaviyo.ask()];
  await expect(klaviyo.ask()).rejects.toMatchObject(HELD_BACK);
  klaviyo.proxy.held[0]?.release();
  await first;
  for (const n of [1, 2]) {
    await until(() => klaviyo.proxy.held.length > n);
    klaviyo.proxy.held[n]?.release();
  }
  await Promise.all(others);
});

test("a call whose caller leaves when it is under way counts", async () => {
  await using klaviyo = await startAttempts();
  for (let n = 1; n <= 3; n++) {
    const leaving = new AbortController();
    const left = klaviyo.ask(leaving.signal);
    await until(() => klaviyo.proxy.held.length === n);
    leaving.abort(GONE);
    await expect(left).rejects.toBe(GONE);
  }
  await expect(klaviyo.ask()).rejects.toMatchObject(HELD_BACK);
});

test("calls that wait for their turn until their time is up say nothing about Klaviyo", async () => {
  await using klaviyo = await startAttempts(() => ({ decide: () => new Promise(() => {}) }));
  const time = new AbortController();
  const calls = Array.from({ length: 20 }, () => klaviyo.ask(time.signal));
  klaviyo.clock.advance(2_000);
  time.abort(new DeadlineExceededError(2_000));
  for (const call of calls)
    await expect(call).rejects.toMatchObject({ failure: { kind: "not-sent", cause: "timeout" } });
  expect(klaviyo.attempts).toHaveLength(20);
  expect(klaviyo.changes).toEqual([]);
});

test("a call that was given up has an outcome of its own in the metrics, and says nothing of how long Klaviyo takes", async () => {
  const metrics = new Metrics();
  const left: Attempt = {
    operation: "get_campaign",
    revision: NEWEST_REVISION,
    durationMs: 50,
    status: undefined,
    failure: undefined,
    isGivenUp: true,
  };
  metrics.onAttempt(left);
  metrics.onAttempt({ ...left, status: 200, isGivenUp: false });
  const text = await metrics.registry.metrics();
  for (const line of [
    `gateway_klaviyo_attempts_total{operation="get_campaign",outcome="given-up"} 1`,
    `gateway_klaviyo_attempts_total{operation="get_campaign",outcome="ok"} 1`,
    `gateway_klaviyo_attempt_duration_seconds_count{operation="get_campaign"} 1`,
  ])
    expect(text).toContain(`${line}\n`);
});

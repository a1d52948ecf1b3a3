import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { LaneScheduler } from "../../src/resilience/lane-scheduler.js";
import { NotAdmittedError } from "../../src/resilience/waiter.js";
import { HeldClock } from "../support/held-clock.js";
import {
  arrivals,
  counts,
  isWaiting,
  mostInAnyWindow,
  overtaking,
  type Passage,
  play,
  shares,
  tiers,
  WINDOWS,
} from "./call-traffic.js";

const RUNS = { numRuns: 150 };
const SHARE = 0.2;

/** The share of a limit that is kept for critical calls, less what they use of it already. */
function keptOf(limit: number, lengthMs: number, nowMs: number, passages: readonly Passage[]): number {
  const used = passages.filter((call) => call.lane === "critical" && counts(call, nowMs, lengthMs)).length;
  return Math.max(0, Math.min(Math.ceil(limit * SHARE), limit - 1) - used);
}

describe("whatever comes in", () => {
  test("no window of the other side holds more calls than its limit, wherever it begins and whenever a call is counted", async () => {
    await fc.assert(
      fc.asyncProperty(tiers, arrivals, shares, async (tier, calls, at) => {
        const passages = await play(calls, { tier });
        for (const [limit, lengthMs] of WINDOWS(tier))
          expect(mostInAnyWindow(passages, lengthMs, at)).toBeLessThanOrEqual(limit);
      }),
      RUNS,
    );
  });

  test("nobody waits while there is room for it, and each call is let in or refused within its patience", async () => {
    await fc.assert(
      fc.asyncProperty(tiers, arrivals, async (tier, calls) => {
        const watch = (nowMs: number, passages: readonly Passage[]) => {
          for (const waiting of passages.filter(isWaiting)) {
            const isFull = WINDOWS(tier).some(([limit, lengthMs]) => {
              const used = passages.filter((call) => counts(call, nowMs, lengthMs)).length;
              const kept = waiting.lane === "critical" ? 0 : keptOf(limit, lengthMs, nowMs, passages);
              return used >= limit - kept;
            });
            expect(isFull).toBe(true);
          }
        };
        const passages = await play(calls, { tier, criticalShare: SHARE, watch });
        for (const { atMs, patienceMs, startMs, refusedMs } of passages)
          expect((startMs ?? refusedMs ?? Infinity) - atMs).toBeLessThanOrEqual(patienceMs + 1);
      }),
      RUNS,
    );
  });

  test("no other call is let in while a critical one waits", async () => {
    await fc.assert(
      fc.asyncProperty(tiers, arrivals, async (tier, calls) => {
        const passages = await play(calls, { tier, criticalShare: SHARE });
        expect(overtaking(passages)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("a refusal comes when it is known, and says how long to stay away: longer than the caller had", async () => {
    await fc.assert(
      fc.asyncProperty(tiers, arrivals, async (tier, calls) => {
        for (const { refusedMs, retryAfterMs = 0, atMs, patienceMs } of await play(calls, { tier }))
          if (refusedMs !== undefined) expect(refusedMs + retryAfterMs).toBeGreaterThan(atMs + patienceMs);
      }),
      RUNS,
    );
  });
});

describe("fairness", () => {
  const call = { atMs: 0, lane: "interactive", durationMs: 10, patienceMs: 600_000 } as const;

  test("callers take turns, however many calls one of them has waiting", async () => {
    const noisy = Array.from({ length: 30 }, () => ({ ...call, caller: "noisy" }));
    const quiet = Array.from({ length: 5 }, () => ({ ...call, atMs: 1, caller: "quiet" }));
    const passages = await play([...noisy, ...quiet], { tier: { perSecond: 2, perMinute: 100 } });
    const started = passages.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)).map(({ caller }) => caller);
    expect(started.slice(2, 12).filter((caller) => caller === "quiet")).toHaveLength(5);
  });

  test("background calls go after all others", async () => {
    const early = Array.from({ length: 3 }, () => ({ ...call, lane: "background" as const, caller: "a" }));
    const late = Array.from({ length: 2 }, () => ({ ...call, atMs: 1, caller: "a" }));
    const passages = await play([...early, ...late], { tier: { perSecond: 1, perMinute: 100 } });
    const order = passages.toSorted((a, b) => (a.startMs ?? 0) - (b.startMs ?? 0)).map(({ lane }) => lane);
    expect(order).toEqual(["background", "interactive", "interactive", "background", "background"]);
  });

  test("nobody waits behind one that could not wait for its own turn", async () => {
    const one = { ...call, caller: "a", durationMs: 0 };
    const passages = await play(
      [one, { ...one, lane: "background", atMs: 10 }, { ...one, patienceMs: 500, atMs: 20 }],
      { tier: { perSecond: 1, perMinute: 60 } },
    );
    expect(passages.map(({ startMs, refusedMs }) => [startMs, refusedMs])).toEqual([
      [0, undefined],
      [1_000, undefined],
      [undefined, 20],
    ]);
  });
});

describe("what the other side says", () => {
  const call = { lane: "interactive", caller: "a", durationMs: 0, patienceMs: 600_000 } as const;
  const tier = { perSecond: 10, perMinute: 150 };
  const startsOf = (passages: readonly Passage[]) => passages.map(({ startMs }) => startMs);

  test("calls of others count until the other side's minute is over", async () => {
    const calls = [0, 100, 100, 100].map((atMs) => ({ ...call, atMs }));
    // Others have made 148 calls in a minute of Klaviyo's that is over at 20 s.
    const left = [1, 0, 149, 148];
    const answer = (nowMs: number) => ({
      limit: 150,
      remaining: left.shift() ?? 0,
      resetMs: 20_000 - (nowMs % 20_000),
    });
    expect(startsOf(await play(calls, { tier, answer }))).toEqual([0, 100, 20_000, 20_000]);
  });

  test("after a refusal nothing is asked before its term; an absurd term ends with the longest window", async () => {
    const answers = [{ throttledMs: 7_000 }, { throttledMs: 86_400_000 }];
    const calls = [0, 10, 7_500].map((atMs) => ({ ...call, atMs }));
    expect(startsOf(await play(calls, { tier, answer: () => answers.shift() ?? {} }))).toEqual([0, 7_000, 67_000]);
  });

  test("a critical call looks after five seconds whether a long refusal still holds", async () => {
    const calls = [0, 10].map((atMs) => ({ ...call, lane: "critical" as const, atMs }));
    expect(startsOf(await play(calls, { tier, answer: () => ({ throttledMs: 50_000 }) }))).toEqual([0, 5_000]);
  });

  test("a lower limit than the declared one holds, a higher one does not", async () => {
    const lower = Array.from({ length: 4 }, (_, n) => ({ ...call, atMs: n }));
    const answer = () => ({ limit: 3, remaining: 2, resetMs: 1_000 });
    expect(startsOf(await play(lower, { tier, answer }))).toEqual([0, 1, 2, 60_000]);
    const more = () => ({ limit: 9, remaining: 8, resetMs: 1_000 });
    expect(startsOf(await play(lower, { tier: { perSecond: 9, perMinute: 2 }, answer: more }))[2]).toBe(60_000);
  });
});

test("who leaves the queue makes room for the next, and leaves nothing behind", async () => {
  const clock = new HeldClock(false);
  const scheduler = new LaneScheduler(clock, new MemoryLedger(clock));
  const quota = { name: "q", tier: { perSecond: 1, perMinute: 9 }, criticalShare: 0 };
  const request = {
    claim: { quotas: [quota], isCritical: false },
    lane: "interactive",
    caller: "a",
    remainingMs: 5_000,
  } as const;
  const first = await scheduler.admit(request);
  const leaver = new AbortController();
  const left = scheduler.admit({ ...request, signal: leaver.signal });
  const staying = scheduler.admit(request);
  leaver.abort(new Error("gone"));
  await expect(left).rejects.toThrow("gone");
  expect(scheduler.waitingCount).toBe(1);
  first.cancel();
  const slot = await staying;
  slot.settle({});
  expect([scheduler.waitingCount, clock.pendingCount]).toEqual([0, 0]);
});

test("who waits for others as well waits on when they have more time", async () => {
  const clock = new HeldClock(false);
  const scheduler = new LaneScheduler(clock, new MemoryLedger(clock));
  const quota = { name: "q", tier: { perSecond: 1, perMinute: 9 }, criticalShare: 0 };
  const claim = { quotas: [quota], isCritical: false };
  const sharers = { remainingMs: 1_000 };
  const request = { claim, lane: "interactive", caller: "a", remainingMs: 1_000 } as const;
  const first = await scheduler.admit(request);
  first.settle({});
  const [shared, alone] = [scheduler.admit({ ...request, sharers }), scheduler.admit({ ...request, caller: "b" })];
  await expect(alone).rejects.toThrow(NotAdmittedError);
  sharers.remainingMs = 3_000;
  const critical = scheduler.admit({ ...request, claim: { ...claim, isCritical: true }, lane: "critical" });
  clock.advance(1_000);
  (await critical).settle({});
  clock.advance(1_000);
  (await shared).cancel();
  expect([scheduler.waitingCount, clock.pendingCount]).toEqual([0, 0]);
});

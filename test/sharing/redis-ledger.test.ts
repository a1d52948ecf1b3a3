import { afterAll, beforeAll, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Claim, Decision, Slot } from "../../src/resilience/call-ledger.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import {
  type Arrival,
  arrivals,
  counts,
  isWaiting,
  mostInAnyWindow,
  overtaking,
  type Passage,
  play,
  shares,
  tiers,
  type Traffic,
  WINDOWS,
} from "../resilience/call-traffic.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { WatchedLink } from "./shared-redis.js";

const RUNS = { numRuns: 60 };
const SHARE = 0.2;

describeWithRedis("one ledger for all replicas", () => {
  let redis: RedisServer;
  let watched: WatchedLink;
  beforeAll(async () => {
    redis = await startRedis();
    watched = new WatchedLink(redis.url);
    await watched.link.start();
  });
  afterAll(async () => {
    watched.link.close();
    await redis.kill();
  });

  let runs = 0;
  /** The same calls, as they come to so many replicas. */
  function playAt(replicas: number, calls: readonly Arrival[], traffic: Traffic): Promise<Passage[]> {
    return play(calls, {
      ...traffic,
      ledgers: (clock) => Array.from({ length: replicas }, () => watched.ledger(clock)),
      quiet: () => watched.quiet(),
      quotaName: `account:operation_${++runs}`,
    });
  }

  const replicaCounts = fc.integer({ min: 1, max: 3 });
  const spread = arrivals.chain((calls) =>
    fc
      .array(fc.nat(2), { minLength: calls.length, maxLength: calls.length })
      .map((replicas) => calls.map((call, n): Arrival => ({ ...call, replica: replicas[n] ?? 0 }))),
  );

  test("whatever comes in and wherever, no window of Klaviyo's holds more calls than its limit", async () => {
    await fc.assert(
      fc.asyncProperty(replicaCounts, tiers, spread, shares, async (replicas, tier, calls, at) => {
        const passages = await playAt(replicas, calls, { tier, criticalShare: SHARE });
        for (const [limit, lengthMs] of WINDOWS(tier))
          expect(mostInAnyWindow(passages, lengthMs, at)).toBeLessThanOrEqual(limit);
      }),
      RUNS,
    );
  });

  test("nobody waits at any replica while there is room, and each is let in or refused within its patience", async () => {
    await fc.assert(
      fc.asyncProperty(replicaCounts, tiers, spread, async (replicas, tier, calls) => {
        const watch = (nowMs: number, passages: readonly Passage[]) => {
          if (!passages.some(isWaiting)) return;
          const isFull = WINDOWS(tier).some(
            ([limit, lengthMs]) => passages.filter((call) => counts(call, nowMs, lengthMs)).length >= limit,
          );
          expect(isFull).toBe(true);
        };
        // For a critical call of another replica, room is kept that may be idle for a moment.
        const others = calls.map((call) => ({ ...call, lane: call.lane === "critical" ? "interactive" : call.lane }));
        const passages = await playAt(replicas, others as Arrival[], { tier, watch });
        for (const { atMs, patienceMs, startMs, refusedMs } of passages)
          expect((startMs ?? refusedMs ?? Infinity) - atMs).toBeLessThanOrEqual(patienceMs + 1);
      }),
      RUNS,
    );
  });

  test("no other call is let in at any replica while a critical one waits at one of them", async () => {
    await fc.assert(
      fc.asyncProperty(replicaCounts, tiers, spread, async (replicas, tier, calls) => {
        const passages = await playAt(replicas, calls, { tier, criticalShare: SHARE });
        expect(overtaking(passages)).toEqual([]);
      }),
      RUNS,
    );
  });

  test("it decides as a ledger in memory does: grants, waits, shares, two quotas for one call, and what Klaviyo says", async () => {
    await fc.assert(
      fc.asyncProperty(tiers, fc.array(steps, { minLength: 1, maxLength: 40 }), async (tier, script) => {
        const clock = new HeldClock(false);
        const endpoint = { name: `account:both_${++runs}`, tier, criticalShare: SHARE };
        const costly = { name: `${endpoint.name}:costly`, tier: { perSecond: 1, perMinute: 5 }, criticalShare: 0 };
        const claims = [true, false].flatMap((isCritical) =>
          [[endpoint], [endpoint, costly]].map((quotas): Claim => ({ quotas, isCritical })),
        );
        const ledgers = [watched.ledger(clock, LONGER_THAN_THE_SCRIPT_MS), new MemoryLedger(clock)] as const;
        const slots: (readonly [Slot, Slot])[] = [];
        for (const step of script) {
          clock.advance(step.afterMs);
          const [slot] = slots.splice(step.slot % (slots.length || 1), 1);
          for (const each of slot ?? [])
            if (step.wasMade) each.settle(step.news);
            else each.cancel();
          const asked = step.claims.flatMap((n) => claims[n] ?? []);
          const [shared, own] = [await ledgers[0].decide(asked), ledgers[1].decide(asked)];
          expect(shared.map(plain)).toEqual(own.map(plain));
          for (const [at, decision] of shared.entries()) {
            const other = own[at];
            if (decision.kind === "granted" && other?.kind === "granted") slots.push([decision.slot, other.slot]);
          }
        }
      }),
      { numRuns: 150 },
    );
  });
});

const LONGER_THAN_THE_SCRIPT_MS = 110_000;
const steps = fc.record({
  afterMs: fc.oneof(fc.nat(300), fc.nat(2_700)),
  slot: fc.nat(9),
  wasMade: fc.boolean(),
  claims: fc.array(fc.nat(3), { maxLength: 6 }),
  news: fc.oneof(
    fc.constant({}),
    fc.record({ limit: fc.integer({ min: 1, max: 30 }), remaining: fc.nat(20), resetMs: fc.nat(90_000) }),
    fc.record({ throttledMs: fc.oneof(fc.nat(10_000), fc.constant(86_400_000)) }),
  ),
});

function plain(decision: Decision): number | "granted" {
  return decision.kind === "granted" ? "granted" : Math.ceil(decision.waitMs);
}

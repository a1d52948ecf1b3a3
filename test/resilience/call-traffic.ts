import fc from "fast-check";
import type { CallLedger, Claim, QuotaNews, RateTier, Slot } from "../../src/resilience/call-ledger.js";
import { LANES, type Lane } from "../../src/resilience/lane-queue.js";
import { LaneScheduler } from "../../src/resilience/lane-scheduler.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { NotAdmittedError } from "../../src/resilience/waiter.js";
import { HeldClock } from "../support/held-clock.js";

/** A call that somebody wants to make. */
export interface Arrival {
  readonly atMs: number;
  readonly lane: Lane;
  readonly caller: string;
  /** From being let in to its answer. */
  readonly durationMs: number;
  readonly patienceMs: number;
  /** Which of several schedulers it comes to. */
  readonly replica?: number;
}

/** What became of it. */
export interface Passage extends Arrival {
  startMs?: number;
  endMs?: number;
  refusedMs?: number;
  retryAfterMs?: number;
}

export const WINDOWS = (tier: RateTier) => [[tier.perSecond, 1_000] as const, [tier.perMinute, 60_000] as const];

export const tiers = fc.record({
  perSecond: fc.integer({ min: 1, max: 5 }),
  perMinute: fc.integer({ min: 3, max: 25 }),
});

/** Bursts and lulls, over about two minutes. */
export const arrivals = fc
  .array(
    fc.record({
      pauseMs: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat(400), fc.nat(15_000)),
      lane: fc.constantFrom<Lane>(...LANES),
      caller: fc.constantFrom("a", "b", "c"),
      durationMs: fc.oneof(fc.nat(50), fc.nat(4_000)),
      patienceMs: fc.oneof(fc.constant(10_000), fc.constant(120_000), fc.nat(2_000)),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((gaps): Arrival[] => {
    let atMs = 0;
    return gaps.map(({ pauseMs, ...arrival }) => ({ ...arrival, atMs: (atMs += pauseMs) }));
  });

/** For each of so many calls, and then for the next ones again, where between its start and its end it is counted. */
export const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 7 });

export interface Traffic {
  readonly tier: RateTier;
  readonly criticalShare?: number;
  /** What an answer says of the quota. */
  readonly answer?: (nowMs: number) => QuotaNews;
  /** Called at each moment at which something has happened, when all is quiet again. */
  readonly watch?: (nowMs: number, passages: readonly Passage[]) => void;
  /** One for each replica; without any, there is one, with its own memory. */
  readonly ledgers?: (clock: HeldClock) => readonly CallLedger[];
  /** Resolves when all that follows from what has just happened has happened. */
  readonly quiet?: () => Promise<void>;
  /** Sets this traffic apart from other traffic in the same ledger. */
  readonly quotaName?: string;
}

/** Lets the calls arrive, one event after the other, on a clock held by hand, until each has been answered or refused. */
export async function play(
  calls: readonly Arrival[],
  { tier, criticalShare = 0, answer, watch, ledgers, quiet = turnOfLoop, quotaName = "q" }: Traffic,
): Promise<Passage[]> {
  const clock = new HeldClock(false);
  const schedulers = (ledgers?.(clock) ?? [new MemoryLedger(clock)]).map((ledger) => new LaneScheduler(clock, ledger));
  const quota = { name: quotaName, tier, criticalShare };
  const passages: Passage[] = [];
  const arrive = async (arrival: Arrival): Promise<void> => {
    const passage: Passage = { ...arrival };
    passages.push(passage);
    const claim: Claim = { quotas: [quota], isCritical: arrival.lane === "critical" };
    const { lane, caller, patienceMs, replica = 0 } = arrival;
    const scheduler = schedulers[replica % schedulers.length];
    let slot: Slot | undefined;
    try {
      slot = await scheduler?.admit({ claim, lane, caller, remainingMs: patienceMs });
    } catch (error) {
      if (!(error instanceof NotAdmittedError)) throw error;
      Object.assign(passage, { refusedMs: clock.now(), retryAfterMs: error.retryAfterMs });
      return;
    }
    passage.startMs = clock.now();
    clock.after(arrival.durationMs, () => {
      passage.endMs = clock.now();
      slot?.settle(answer?.(clock.now()) ?? {});
    });
  };
  for (const arrival of calls) clock.after(arrival.atMs, () => void arrive(arrival));
  while (clock.pendingCount > 0) {
    clock.advanceTo(clock.nextDueMs);
    await quiet();
    watch?.(clock.now(), passages);
  }
  return passages;
}

/** Enough where nothing goes further than this process. */
function turnOfLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
}

export function isWaiting({ startMs, refusedMs }: Passage): boolean {
  return startMs === undefined && refusedMs === undefined;
}

/** Whether a call counts in a window of `lengthMs` at that moment: while it runs, and as long as the window is after it. */
export function counts({ startMs, endMs }: Passage, nowMs: number, lengthMs: number): boolean {
  return startMs !== undefined && startMs <= nowMs && (endMs === undefined || nowMs < endMs + lengthMs);
}

/** How many calls the fullest window of that length holds, wherever it begins, when calls are counted where {@link shares} says. */
export function mostInAnyWindow(passages: readonly Passage[], lengthMs: number, at: readonly number[]): number {
  const countedAt = passages.flatMap(({ startMs, endMs }, n) =>
    startMs === undefined || endMs === undefined ? [] : startMs + (endMs - startMs) * (at[n % at.length] ?? 0),
  );
  const held = countedAt.map((beginMs) => countedAt.filter((ms) => ms >= beginMs && ms < beginMs + lengthMs).length);
  return Math.max(0, ...held);
}

/** Calls of other lanes that were let in while a critical one waited. */
export function overtaking(passages: readonly Passage[]): readonly Passage[] {
  return passages
    .filter(({ lane }) => lane === "critical")
    .flatMap((critical) => {
      const endMs = critical.startMs ?? critical.refusedMs ?? Infinity;
      return passages.filter(
        ({ lane, startMs }) =>
          lane !== "critical" && startMs !== undefined && startMs > critical.atMs && startMs < endMs,
      );
    });
}

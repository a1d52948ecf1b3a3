import type { Backoff } from "../resilience/backoff.js";
import type { Clock } from "../resilience/clock.js";
import { onAbort } from "../resilience/on-abort.js";
import type { RetryAllowance, RetryBudget } from "../resilience/retry-budget.js";
import { KlaviyoError, type KlaviyoFailure, retryAfterMsOf } from "./failure.js";
import { pauseAfter } from "./pause-after.js";

export interface RetryParts {
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  readonly budget: RetryBudget;
  /** How often one read may be tried in all. */
  readonly attempts: number;
}

/** Who waits for a read. */
export interface ReadTime {
  /** Aborts when nobody does any more. */
  readonly signal: AbortSignal;
  /** What is left now. */
  readonly remainingMs: number;
}

/** In an outage of minutes, reads cost an account hardly more than they would without. */
export const RETRY_ALLOWANCE: RetryAllowance = { windowMs: 10_000, share: 0.1, floor: 3 };

const BETWEEN: Backoff = { firstMs: 100, maximumMs: 1_000, factor: 3 };
/** Klaviyo hardly answers in less: what cannot end in time is not begun. */
const SHORTEST_ATTEMPT_MS = 250;

/**
 * Reads, and reads again when that failed for something that may pass, while there are attempts, time and budget. Reading twice is
 * harmless; that it does not make an outage worse is what the budget is for.
 * @throws KlaviyoError, the last attempt's
 */
export function retriedRead<T>(parts: RetryParts, time: ReadTime, read: () => Promise<T>): Promise<T> {
  parts.budget.recordCall();
  return read().catch((error: unknown) => readAgain(parts, time, read, error));
}

async function readAgain<T>(parts: RetryParts, time: ReadTime, read: () => Promise<T>, first: unknown): Promise<T> {
  let error = first;
  for (let attempt = 1; ; attempt++) {
    if (!(error instanceof KlaviyoError) || !mayPass(error.failure) || attempt >= parts.attempts) throw error;
    const pauseMs = pauseOf(error.failure, attempt, parts.random());
    if (pauseMs + SHORTEST_ATTEMPT_MS > time.remainingMs || !parts.budget.take()) throw error;
    await pause(parts.clock, pauseMs, time.signal);
    try {
      return await read();
    } catch (next) {
      error = next;
    }
  }
}

/** A 503 may say when to come back, as a 429 does. Reads take its word; a cancel does not let it keep the button from working. */
function pauseOf(failure: KlaviyoFailure, attempt: number, random: number): number {
  return Math.max(pauseAfter(failure, BETWEEN, attempt, random), retryAfterMsOf(failure) ?? 0);
}

function mayPass(failure: KlaviyoFailure): boolean {
  switch (failure.kind) {
    case "not-sent":
    case "timeout":
    case "connection-lost":
    case "throttled":
    case "unavailable":
      return true;
    // The gateway has told its own "not now"; a refusal and nonsense do not pass in a second.
    case "held-back":
    case "refused":
    case "invalid-response":
      return false;
  }
}

/** @throws the signal's reason as soon as it aborts */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const { promise: left, reject } = Promise.withResolvers<never>();
  const stopListening = onAbort(signal, () => reject(signal.reason));
  await Promise.race([clock.sleep(ms), left]).finally(stopListening);
}

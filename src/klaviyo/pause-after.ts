import { type Backoff, backoffMs } from "../resilience/backoff.js";
import type { KlaviyoFailure } from "./failure.js";

/** For a 429 that does not say how long: Klaviyo's shorter window is a second. */
const BURST_WINDOW_MS = 1_000;

/**
 * The pause before the next try: Klaviyo's own word on when to come back, where it gave one, and never less than the back-off. Its
 * word is kept to the millisecond: those who come back together are let in one after the other by the gate, which knows the limits.
 * @param random 0 to 1; 1 leaves the back-off without jitter
 */
export function pauseAfter(
  failure: KlaviyoFailure | undefined,
  backoff: Backoff,
  attempt: number,
  random: number,
): number {
  const ownMs = backoffMs(backoff, attempt, random);
  if (failure?.kind === "throttled") return Math.max(failure.retryAfterMs ?? BURST_WINDOW_MS, ownMs);
  return failure?.kind === "held-back" ? Math.max(failure.retryAfterMs, ownMs) : ownMs;
}

/** A refusal does not pass by waiting a few seconds. */
export function isLasting(failure: KlaviyoFailure): boolean {
  return failure.kind === "refused";
}

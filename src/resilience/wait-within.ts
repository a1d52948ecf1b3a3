import type { Clock } from "./clock.js";
import { withTimeLimit } from "./deadline.js";
import { onAbort } from "./on-abort.js";

/** How long somebody waits. */
export interface WaitLimits {
  readonly remainingMs: number;
  /** Aborts when whoever waits has left. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for work that others wait for as well, and that goes on without this one.
 * @throws DeadlineExceededError when the time is up, or the signal's reason
 */
export function waitWithin<T>(work: Promise<T>, clock: Clock, { remainingMs, signal }: WaitLimits): Promise<T> {
  return withTimeLimit(clock, remainingMs, signal, (end) => Promise.race([work, endOf(end)]));
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    onAbort(signal, () => reject(signal.reason));
    if (signal.aborted) reject(signal.reason);
  });
}

import type { ReadsUnderWay } from "../klaviyo/reads-under-way.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Clock } from "../resilience/clock.js";

/** Klaviyo makes one report a second: by then another one for who comes late would hardly have to wait. */
const MOST_MS = 1_000;

/** Of the time that is left, so that there is some for the report. */
const MOST_OF_REMAINING = 0.5;

export interface Gathering {
  readonly reads: ReadsUnderWay;
  readonly clock: Clock;
  readonly limits: () => ReadLimits;
}

/**
 * Asks for a report when the lists that the request is still reading are there, for their campaigns are to be in it; without them when
 * they take long. Never at once. Reads end when their caller leaves or has no time left, so there is no need to look for that here.
 */
export function whenGathered({ reads, clock, limits }: Gathering, ask: () => void): void {
  const { remainingMs = Infinity } = limits();
  const stopWaiting = reads.whenNone(() => {
    stopTimer();
    ask();
  });
  const stopTimer = clock.after(Math.min(MOST_MS, remainingMs * MOST_OF_REMAINING), () => {
    stopWaiting();
    ask();
  });
}

import { KlaviyoError } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError, withTimeLimit } from "../resilience/deadline.js";

/**
 * Waits for a report, as long as the one who waits has time and is there. The report goes on without them.
 * @throws KlaviyoError when the time is up
 */
export async function waitFor<T>(report: Promise<T>, clock: Clock, { remainingMs, signal }: ReadLimits): Promise<T> {
  if (remainingMs === undefined) return report;
  try {
    return await withTimeLimit(clock, remainingMs, signal, (end) => Promise.race([report, endOf(end)]));
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) throw error;
    throw new KlaviyoError(OPERATIONS.queryCampaignValues.name, { kind: "timeout" }, error);
  }
}

function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    if (signal.aborted) end();
  });
}

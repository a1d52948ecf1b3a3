import { KlaviyoError } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import { waitWithin } from "../resilience/wait-within.js";

/**
 * Waits for a report, as long as the one who waits has time and is there. The report goes on without them.
 * @throws KlaviyoError when the time is up
 */
export async function waitFor<T>(report: Promise<T>, clock: Clock, { remainingMs, signal }: ReadLimits): Promise<T> {
  if (remainingMs === undefined) return report;
  try {
    return await waitWithin(report, clock, { remainingMs, signal });
  } catch (error) {
    if (!(error instanceof DeadlineExceededError)) throw error;
    throw new KlaviyoError(OPERATIONS.queryCampaignValues.name, { kind: "timeout" }, error);
  }
}

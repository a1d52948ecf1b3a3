import { TokenBuckets } from "../resilience/token-buckets.js";
import { CallerLimit } from "../server/load/caller-limit.js";
import type { CancelDetector } from "../server/load/cancel-detector.js";
import type { Sharing } from "../sharing/sharing.js";
import type { Surroundings } from "./surroundings.js";

const WINDOW_MS = 60_000;
/** Nobody presses the button so often by hand; what does is a loop, or a request that hides behind a cancel. */
const CANCEL_FACTOR = 10;

/** Undefined where callers have no limit. Each replica counts cancels for itself: the button waits for nobody else's word. */
export function createCallerLimit(
  { config, clock, metrics }: Surroundings,
  allowance: Sharing["allowance"],
  detector: CancelDetector,
): CallerLimit | undefined {
  const count = config.CALLER_REQUESTS_PER_MINUTE;
  if (count === 0) return undefined;
  return new CallerLimit({
    allowance: allowance(new TokenBuckets(clock, { count, windowMs: WINDOW_MS })),
    cancelAllowance: new TokenBuckets(clock, { count: count * CANCEL_FACTOR, windowMs: WINDOW_MS }),
    detector,
    onLimited: (kind) => metrics.onLimited(kind),
  });
}

import type { RateTier } from "./call-ledger.js";
import { longestWindowMs } from "./rate-windows.js";

/** Critical calls do not take a long refusal's word for it: so often they look whether it still holds. */
const CRITICAL_BLOCK_MS = 5_000;

/**
 * How long a refusal closes its quota, for critical calls and for the others. No term lasts longer than the longest window: an
 * absurd one must not last a day.
 */
export function blockTermsOf(
  tier: RateTier,
  throttledMs: number,
): { readonly blockMs: number; readonly criticalBlockMs: number } {
  const blockMs = Math.min(throttledMs, longestWindowMs(tier));
  return { blockMs, criticalBlockMs: Math.min(blockMs, CRITICAL_BLOCK_MS) };
}

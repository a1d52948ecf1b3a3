import type { RateTier } from "./call-ledger.js";
import { longestWindowMs } from "./rate-windows.js";

/** Critical calls do not take a long refusal's word for it: so often they look whether it still holds. */
const CRITICAL_BLOCK_MS = 5_000;

/** How long a quota is closed, for critical calls and for the others. */
export interface BlockTerms {
  readonly blockMs: number;
  readonly criticalBlockMs: number;
}

/**
 * How long a refusal closes its quota, for critical calls and for the others. No term lasts longer than the longest window: an
 * absurd one must not last a day.
 */
export function blockTermsOf(tier: RateTier, throttledMs: number): BlockTerms {
  const blockMs = Math.min(throttledMs, longestWindowMs(tier));
  return { blockMs, criticalBlockMs: Math.min(blockMs, CRITICAL_BLOCK_MS) };
}

import type { RateTier } from "./call-ledger.js";

const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

export interface RateWindow {
  readonly limit: number;
  readonly lengthMs: number;
}

/** The windows of a tier, the longest last. */
export function windowsOf({ perSecond, perMinute, perDay }: RateTier): readonly RateWindow[] {
  const short = [
    { limit: perSecond, lengthMs: SECOND_MS },
    { limit: perMinute, lengthMs: MINUTE_MS },
  ];
  return perDay === undefined ? short : [...short, { limit: perDay, lengthMs: DAY_MS }];
}

export function longestWindowMs(tier: RateTier): number {
  return tier.perDay === undefined ? MINUTE_MS : DAY_MS;
}

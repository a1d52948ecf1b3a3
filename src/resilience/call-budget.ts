import type { Quota, QuotaNews, RateTier } from "./call-ledger.js";
import { CallWindow } from "./call-window.js";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** After a refusal without a term: the shortest window. */
const DEFAULT_BLOCK_MS = SECOND_MS;
/** Critical calls do not take a long refusal's word for it: so often they look whether it still holds. */
const CRITICAL_BLOCK_MS = 5_000;

/** One quota's windows, and what the other side had to say about it. */
export class CallBudget {
  readonly windows: readonly CallWindow[];
  private blockedUntilMs = 0;
  private criticalBlockedUntilMs = 0;

  constructor(private readonly quota: Quota) {
    this.windows = windowsOf(quota.tier).map(
      ([limit, lengthMs]) => new CallWindow(limit, lengthMs, quota.criticalShare),
    );
  }

  hasRoom(nowMs: number, isCritical: boolean): boolean {
    return nowMs >= this.blockedUntil(isCritical) && this.windows.every((window) => window.hasRoom(nowMs, isCritical));
  }

  blockedUntil(isCritical: boolean): number {
    return isCritical ? this.criticalBlockedUntilMs : this.blockedUntilMs;
  }

  begin(isCritical: boolean): void {
    for (const window of this.windows) window.begin(isCritical);
  }

  end(nowMs: number, isCritical: boolean, counts: boolean): void {
    for (const window of this.windows) window.end(nowMs, isCritical, counts);
  }

  observe(nowMs: number, { limit, remaining, resetMs }: QuotaNews): void {
    if (remaining === undefined || resetMs === undefined) return;
    const minute = this.windows.find(({ lengthMs }) => lengthMs === MINUTE_MS);
    minute?.observe(nowMs, { limit: limit ?? this.quota.tier.perMinute, remaining, resetMs });
  }

  /** The other side refused for this quota. No term lasts longer than the longest window: an absurd one must not last a day. */
  block(nowMs: number, throttledMs: number | undefined): void {
    const longestMs = Math.max(...this.windows.map(({ lengthMs }) => lengthMs));
    const blockMs = Math.min(throttledMs ?? DEFAULT_BLOCK_MS, longestMs);
    this.blockedUntilMs = Math.max(this.blockedUntilMs, nowMs + blockMs);
    const criticalUntilMs = nowMs + Math.min(blockMs, CRITICAL_BLOCK_MS);
    this.criticalBlockedUntilMs = Math.max(this.criticalBlockedUntilMs, criticalUntilMs);
  }
}

function windowsOf({
  perSecond,
  perMinute,
  perDay,
}: RateTier): readonly (readonly [limit: number, lengthMs: number])[] {
  const short = [[perSecond, SECOND_MS] as const, [perMinute, MINUTE_MS] as const];
  return perDay === undefined ? short : [...short, [perDay, DAY_MS]];
}

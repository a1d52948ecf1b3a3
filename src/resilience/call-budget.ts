import { blockTermsOf } from "./block-terms.js";
import type { Quota, QuotaNews } from "./call-ledger.js";
import { CallWindow } from "./call-window.js";
import { MINUTE_MS, windowsOf } from "./rate-windows.js";
import type { Restraint } from "./restraint.js";

/** One quota's windows, and what the other side had to say about it. */
export class CallBudget {
  readonly windows: readonly CallWindow[];
  private blockedUntilMs = 0;
  private criticalBlockedUntilMs = 0;

  constructor(private readonly quota: Quota) {
    this.windows = windowsOf(quota.tier).map(
      ({ limit, lengthMs }) => new CallWindow(limit, lengthMs, quota.criticalShare),
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

  /** @param restraints one for each window, in the order of `windowsOf` */
  restrain(nowMs: number, restraints: readonly Restraint[]): void {
    for (const [at, window] of this.windows.entries()) {
      const restraint = restraints[at];
      if (restraint) window.restrain(nowMs, restraint);
    }
  }

  observe(nowMs: number, { limit, remaining, resetMs }: QuotaNews): void {
    if (remaining === undefined || resetMs === undefined) return;
    const minute = this.windows.find(({ lengthMs }) => lengthMs === MINUTE_MS);
    minute?.observe(nowMs, { limit: limit ?? this.quota.tier.perMinute, remaining, resetMs });
  }

  /** The other side refused for this quota. */
  block(nowMs: number, throttledMs: number): void {
    const { blockMs, criticalBlockMs } = blockTermsOf(this.quota.tier, throttledMs);
    this.blockedUntilMs = Math.max(this.blockedUntilMs, nowMs + blockMs);
    this.criticalBlockedUntilMs = Math.max(this.criticalBlockedUntilMs, nowMs + criticalBlockMs);
  }
}

import type { Clock } from "./clock.js";
import { RollingCount } from "./rolling-count.js";

export interface RetryAllowance {
  readonly windowMs: number;
  /** Of the calls of the window, 0 to 1: as many may be made again. */
  readonly share: number;
  /** So many more, so that the first call after a quiet time has its chance. */
  readonly floor: number;
}

/**
 * Keeps repetitions in proportion to what is repeated. A few failures are made up for at once; in an outage, when everything
 * fails, it is soon used up, and the load on the other side is hardly more than it would be without.
 */
export class RetryBudget {
  private readonly calls: RollingCount;
  private readonly retries: RollingCount;

  constructor(
    clock: Clock,
    private readonly allowance: RetryAllowance,
  ) {
    this.calls = new RollingCount(clock, allowance.windowMs);
    this.retries = new RollingCount(clock, allowance.windowMs);
  }

  /** A call is made for the first time. */
  recordCall(): void {
    this.calls.add();
  }

  /** @returns whether one call may be made again; if so, that is on record */
  take(): boolean {
    const { share, floor } = this.allowance;
    if (this.retries.total + 1 > floor + share * this.calls.total) return false;
    this.retries.add();
    return true;
  }
}

import { ExpiryQueue } from "./expiry-queue.js";
import type { Restraint } from "./restraint.js";

const UNRESTRAINED = { calls: Infinity, untilMs: 0 };

/**
 * At most `limit` calls in any stretch of `lengthMs`, wherever the other side's own windows begin.
 *
 * A call counts from its beginning until `lengthMs` after its end. We cannot know when in between the other side counted it; but
 * whenever it was, no window of the other side can then hold more than `limit`: at the beginning of the last of them, all others
 * would still have counted here.
 */
export class CallWindow {
  private readonly ends = new ExpiryQueue();
  private readonly criticalEnds = new ExpiryQueue();
  private running = 0;
  private criticalRunning = 0;
  /** Calls that others made with the same account. */
  private foreign = { count: 0, untilMs: 0 };
  private limit: number;
  private restraint: (Restraint & { readonly calls: number }) | undefined;

  constructor(
    private readonly declaredLimit: number,
    readonly lengthMs: number,
    private readonly criticalShare: number,
  ) {
    this.limit = declaredLimit;
  }

  hasRoom(nowMs: number, isCritical: boolean): boolean {
    if (!isCritical && this.own(nowMs) >= this.restrained(nowMs).calls) return false;
    return this.used(nowMs) < this.capacityFor(isCritical, nowMs);
  }

  /** From now on and until then, calls are let in for those that are over, and so many more. */
  restrain(nowMs: number, restraint: Restraint): void {
    this.restraint = { ...restraint, calls: this.own(nowMs) + restraint.more };
  }

  /** How many calls of its own may count for another one to begin that is not critical, and until when. */
  restrained(nowMs: number): { readonly calls: number; readonly untilMs: number } {
    if (this.restraint && this.restraint.untilMs <= nowMs) this.restraint = undefined;
    return this.restraint ?? UNRESTRAINED;
  }

  begin(isCritical: boolean): void {
    this.running++;
    if (isCritical) this.criticalRunning++;
  }

  /** A call that began is over. @param counts false: it was never made */
  end(nowMs: number, isCritical: boolean, counts: boolean): void {
    this.running--;
    if (isCritical) this.criticalRunning--;
    if (!counts) return;
    this.ends.push(nowMs + this.lengthMs);
    if (isCritical) this.criticalEnds.push(nowMs + this.lengthMs);
  }

  /** What the other side says is left until `resetMs` from now: what we did not use of the rest, others did. */
  observe(nowMs: number, news: { readonly limit: number; readonly remaining: number; readonly resetMs: number }): void {
    // Never more than is declared or configured: those may leave room for others on purpose.
    this.limit = Math.max(1, Math.min(this.declaredLimit, news.limit));
    const count = Math.max(0, news.limit - news.remaining - this.own(nowMs));
    this.foreign = { count, untilMs: nowMs + Math.min(news.resetMs, this.lengthMs) };
    this.restraint = undefined;
  }

  /** When each call that counts now will cease to, in order; for those that still run, as if they ended now. */
  expiries(nowMs: number): number[] {
    const foreign = Array<number>(this.foreignCount(nowMs)).fill(this.foreign.untilMs);
    return [...this.ownExpiries(nowMs), ...foreign].sort((a, b) => a - b);
  }

  /** The same, without the calls of others. */
  ownExpiries(nowMs: number): number[] {
    return [...this.ends.after(nowMs), ...Array<number>(this.running).fill(nowMs + this.lengthMs)];
  }

  /** How many calls may count at a time for such a call to begin. */
  capacityFor(isCritical: boolean, nowMs: number): number {
    if (isCritical) return this.limit;
    const usedByCritical = this.criticalRunning + this.criticalEnds.countAfter(nowMs);
    return this.limit - Math.max(0, this.reserve - usedByCritical);
  }

  /** At least one call where there is a share, and at least one for the others. */
  private get reserve(): number {
    return Math.min(Math.ceil(this.limit * this.criticalShare), this.limit - 1);
  }

  private used(nowMs: number): number {
    return this.own(nowMs) + this.foreignCount(nowMs);
  }

  private own(nowMs: number): number {
    return this.running + this.ends.countAfter(nowMs);
  }

  private foreignCount(nowMs: number): number {
    return this.foreign.untilMs > nowMs ? this.foreign.count : 0;
  }
}

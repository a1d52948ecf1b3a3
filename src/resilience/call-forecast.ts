import type { CallBudget } from "./call-budget.js";
import type { CallWindow } from "./call-window.js";

/** Plays through when calls that have to wait get their turn, if all goes on as it is. It books nothing in the real windows. */
export class CallForecast {
  private readonly expiries = new Map<CallWindow, number[]>();

  constructor(private readonly nowMs: number) {}

  /** The next call's turn, after those that were asked about before. @returns a point in time, not before now */
  next(budgets: readonly CallBudget[], isCritical: boolean): number {
    const turns = budgets.flatMap((budget) => [
      budget.blockedUntil(isCritical),
      ...budget.windows.map((window) => this.turnIn(window, isCritical)),
    ]);
    const atMs = Math.max(this.nowMs, ...turns);
    for (const { windows } of budgets) for (const window of windows) this.book(window, atMs);
    return atMs;
  }

  /** A call has been let in meanwhile. */
  begin(budgets: readonly CallBudget[]): void {
    // Where nothing has been forecast yet, it will be found among the calls that run.
    for (const { windows } of budgets)
      for (const window of windows) if (this.expiries.has(window)) this.book(window, this.nowMs);
  }

  private turnIn(window: CallWindow, isCritical: boolean): number {
    const expiries = this.expiriesOf(window);
    const capacity = Math.max(1, window.capacityFor(isCritical, this.nowMs));
    return expiries[expiries.length - capacity] ?? this.nowMs;
  }

  private book(window: CallWindow, atMs: number): void {
    const expiries = this.expiriesOf(window);
    const endMs = atMs + window.lengthMs;
    const at = expiries.findLastIndex((other) => other <= endMs) + 1;
    expiries.splice(at, 0, endMs);
  }

  private expiriesOf(window: CallWindow): number[] {
    const known = this.expiries.get(window);
    if (known) return known;
    const expiries = window.expiries(this.nowMs);
    this.expiries.set(window, expiries);
    return expiries;
  }
}

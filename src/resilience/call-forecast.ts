import type { CallBudget } from "./call-budget.js";
import type { CallWindow } from "./call-window.js";

/** Plays through when calls that have to wait get their turn, if all goes on as it is. It books nothing in the real windows. */
export class CallForecast {
  private readonly expiries = new Map<CallWindow, number[]>();
  /** The same for windows that are restrained: of their own calls alone. */
  private readonly ownExpiries = new Map<CallWindow, number[]>();

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
    const atMs = expiries[expiries.length - capacity] ?? this.nowMs;
    return isCritical ? atMs : Math.max(atMs, this.restrainedUntil(window));
  }

  /** Until one of its own calls ceases to count, or the restraint is over. */
  private restrainedUntil(window: CallWindow): number {
    const { calls, untilMs } = window.restrained(this.nowMs);
    if (calls === Infinity) return this.nowMs;
    const expiries = this.ownExpiriesOf(window);
    if (expiries.length < calls) return this.nowMs;
    return Math.min(untilMs, expiries[expiries.length - calls] ?? untilMs);
  }

  private book(window: CallWindow, atMs: number): void {
    const endMs = atMs + window.lengthMs;
    for (const expiries of [this.expiriesOf(window), this.ownExpiriesOf(window)])
      expiries.splice(expiries.findLastIndex((other) => other <= endMs) + 1, 0, endMs);
  }

  private expiriesOf(window: CallWindow): number[] {
    return known(this.expiries, window, () => window.expiries(this.nowMs));
  }

  /** Where nothing is restrained, nobody asks. */
  private ownExpiriesOf(window: CallWindow): number[] {
    const isRestrained = window.restrained(this.nowMs).calls < Infinity;
    return isRestrained ? known(this.ownExpiries, window, () => window.ownExpiries(this.nowMs)) : [];
  }
}

function known(all: Map<CallWindow, number[]>, window: CallWindow, read: () => number[]): number[] {
  const found = all.get(window) ?? read();
  all.set(window, found);
  return found;
}

import { CallBudget } from "./call-budget.js";
import { CallForecast } from "./call-forecast.js";
import type { CallLedger, Claim, Decision, Quota, QuotaNews, Slot } from "./call-ledger.js";
import type { Clock } from "./clock.js";
import type { Restraint } from "./restraint.js";

/** The calls of this process alone. */
export class MemoryLedger implements CallLedger {
  private readonly budgets = new Map<string, CallBudget>();

  constructor(private readonly clock: Clock) {}

  grant({ quotas, isCritical }: Claim): Slot | undefined {
    const nowMs = this.clock.now();
    const budgets = quotas.map((quota) => this.budgetOf(quota));
    return budgets.every((budget) => budget.hasRoom(nowMs, isCritical)) ? this.begin(budgets, isCritical) : undefined;
  }

  decide(claims: readonly Claim[]): readonly Decision[] {
    const nowMs = this.clock.now();
    const forecast = new CallForecast(nowMs);
    return claims.map(({ quotas, isCritical }) => {
      const budgets = quotas.map((quota) => this.budgetOf(quota));
      // Whoever has room now is let in, even past one who waits for something else: room that is not used is lost.
      if (budgets.every((budget) => budget.hasRoom(nowMs, isCritical))) {
        forecast.begin(budgets);
        return { kind: "granted", slot: this.begin(budgets, isCritical) };
      }
      return { kind: "wait", waitMs: forecast.next(budgets, isCritical) - nowMs };
    });
  }

  /** Takes in a call that somebody else has let in, whether or not there is room for it here. */
  record({ quotas, isCritical }: Claim): Slot {
    return this.begin(
      quotas.map((quota) => this.budgetOf(quota)),
      isCritical,
    );
  }

  /** Others count beside this ledger from now on. @param restraints one for each window of the quota, the longest last */
  restrain(quota: Quota, restraints: readonly Restraint[]): void {
    this.budgetOf(quota).restrain(this.clock.now(), restraints);
  }

  private begin(budgets: readonly CallBudget[], isCritical: boolean): Slot {
    for (const budget of budgets) budget.begin(isCritical);
    return new MemorySlot(this.clock, budgets, isCritical);
  }

  private budgetOf(quota: Quota): CallBudget {
    const known = this.budgets.get(quota.name);
    if (known) return known;
    const budget = new CallBudget(quota);
    this.budgets.set(quota.name, budget);
    return budget;
  }
}

class MemorySlot implements Slot {
  constructor(
    private readonly clock: Clock,
    private readonly budgets: readonly CallBudget[],
    private readonly isCritical: boolean,
  ) {}

  settle(news: QuotaNews): void {
    const nowMs = this.clock.now();
    this.end(nowMs, true);
    learn(this.budgets, nowMs, news);
  }

  cancel(): void {
    this.end(this.clock.now(), false);
  }

  private end(nowMs: number, counts: boolean): void {
    for (const budget of this.budgets) budget.end(nowMs, this.isCritical, counts);
  }
}

/** Where a call counts against several quotas, an answer does not say which it is about; a refusal is about the narrowest, the last. */
function learn(budgets: readonly CallBudget[], nowMs: number, news: QuotaNews): void {
  if (budgets.length === 1) budgets[0]?.observe(nowMs, news);
  if (news.throttledMs !== undefined) budgets.at(-1)?.block(nowMs, news.throttledMs);
}

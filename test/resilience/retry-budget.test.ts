import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { RetryBudget } from "../../src/resilience/retry-budget.js";
import { HeldClock } from "../support/held-clock.js";

const ALLOWANCE = { windowMs: 10_000, share: 0.1, floor: 3 };

test("a retry budget allows a few repetitions out of nothing, and a share of what was called", () => {
  const budget = new RetryBudget(new HeldClock(false), ALLOWANCE);
  const takeAll = () => {
    let taken = 0;
    while (budget.take()) taken++;
    return taken;
  };
  expect(takeAll()).toBe(3);
  for (let n = 0; n < 100; n++) budget.recordCall();
  expect(takeAll()).toBe(10);
});

test("a retry budget forgets what is older than its window", () => {
  const clock = new HeldClock(false);
  const budget = new RetryBudget(clock, ALLOWANCE);
  while (budget.take());
  clock.advance(10_001);
  expect(budget.take()).toBe(true);
});

test("a retry budget is never overdrawn in any of its windows", () => {
  const steps = fc.array(
    fc.oneof(fc.constant("call" as const), fc.constant("take" as const), fc.integer({ min: 1, max: 30_000 })),
    { maxLength: 400 },
  );
  fc.assert(
    fc.property(steps, (all) => {
      const clock = new HeldClock(false);
      const budget = new RetryBudget(clock, ALLOWANCE);
      const calls: number[] = [];
      const retries: number[] = [];
      const slotOf = (ms: number) => Math.floor(ms / 1_000);
      const recent = (times: number[]) => times.filter((at) => slotOf(at) > slotOf(clock.now()) - 10).length;
      for (const step of all) {
        if (typeof step === "number") clock.advance(step);
        else if (step === "call") {
          budget.recordCall();
          calls.push(clock.now());
        } else {
          const isAllowed = recent(retries) + 1 <= ALLOWANCE.floor + ALLOWANCE.share * recent(calls);
          expect(budget.take()).toBe(isAllowed);
          if (isAllowed) retries.push(clock.now());
        }
      }
    }),
  );
});

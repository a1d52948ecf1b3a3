import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { RollingCount } from "../../src/resilience/rolling-count.js";
import { HeldClock } from "../support/held-clock.js";

test("a rolling count is what happened in this tenth of the window and the nine before, however time passes", () => {
  const steps = fc.array(fc.oneof(fc.constant("add" as const), fc.integer({ min: 1, max: 30_000 })), { maxLength: 60 });
  fc.assert(
    fc.property(steps, (all) => {
      const clock = new HeldClock(false);
      const count = new RollingCount(clock, 10_000);
      const happened: number[] = [];
      const slotOf = (ms: number) => Math.floor(ms / 1_000);
      for (const step of all) {
        if (step !== "add") clock.advance(step);
        else {
          count.add();
          happened.push(clock.now());
        }
        expect(count.total).toBe(happened.filter((at) => slotOf(at) > slotOf(clock.now()) - 10).length);
      }
    }),
  );
});

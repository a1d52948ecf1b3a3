import { expect, test } from "@jest/globals";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import { RETRY_ALLOWANCE, retriedRead } from "../../src/klaviyo/retried-read.js";
import { RetryBudget } from "../../src/resilience/retry-budget.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

test("a pause between attempts ends at once when nobody waits any more", async () => {
  const clock = new HeldClock(false);
  const parts = { clock, random: () => 1, budget: new RetryBudget(clock, RETRY_ALLOWANCE), attempts: 3 };
  const controller = new AbortController();
  const gone = new Error("gone");
  const reading = retriedRead(parts, { signal: controller.signal, remainingMs: 10_000 }, async () => {
    throw new KlaviyoError("get_campaign", { kind: "connection-lost" });
  });
  reading.catch(() => {});
  await until(() => clock.sleeps.length === 1);
  controller.abort(gone);
  await expect(reading).rejects.toBe(gone);
});

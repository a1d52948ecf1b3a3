import { expect, test } from "@jest/globals";
import { Campaign } from "../../src/campaigns/campaign.type.js";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import { attributesQuery } from "../../src/klaviyo/resource-query.js";
import { LookBatch } from "../../src/send-jobs/look-batch.js";
import { HeldClock } from "../support/held-clock.js";

const query = attributesQuery("campaign", ["status"]);

function startBatch(timesMs: readonly number[]) {
  const clock = new HeldClock(false);
  const batch = new LookBatch(clock);
  const looks = timesMs.map((remainingMs, n) => {
    const ended = batch.add({ id: `C${n}`, query }, { remainingMs, patienceMs: remainingMs / 2 });
    return ended.catch((error: unknown) => (error instanceof KlaviyoError ? error.failure.kind : String(error)));
  });
  const answer = Promise.withResolvers<readonly (Campaign | null | Error)[]>();
  const sent = batch.send(() => answer.promise);
  return { clock, batch, looks, answer, sent };
}

test("reads have the time and the patience of the look that has most", () => {
  const { clock, batch } = startBatch([300, 1_000, 200]);
  clock.advance(100);
  expect(batch.limits()).toEqual({ remainingMs: 900, patienceMs: 500 });
});

test("each look's time is up when it is up, with one timer for all", async () => {
  const { clock, looks, answer, sent } = startBatch([300, 200, 1_000]);
  expect(clock.pendingCount).toBe(1);
  clock.advance(300);
  await expect(Promise.all(looks.slice(0, 2))).resolves.toEqual(["timeout", "timeout"]);
  expect(clock.pendingCount).toBe(1);
  answer.resolve([null, null, null]);
  await sent;
  expect(await looks[2]).toBeNull();
  expect(clock.pendingCount).toBe(0);
});

test("each look has its own answer, be it an error", async () => {
  const { looks, answer } = startBatch([300, 300]);
  answer.resolve([new KlaviyoError("get_campaign", { kind: "connection-lost" }), null]);
  expect(await Promise.all(looks)).toEqual(["connection-lost", null]);
});

test("a batch that cannot be read fails for all of them", async () => {
  const { clock, looks, answer } = startBatch([300, 300]);
  answer.reject(new Error("broken"));
  expect(await Promise.all(looks)).toEqual(["Error: broken", "Error: broken"]);
  await new Promise(setImmediate);
  expect(clock.pendingCount).toBe(0);
});

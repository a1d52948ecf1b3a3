import { describe, expect, test } from "@jest/globals";
import { TokenBuckets } from "../../src/resilience/token-buckets.js";
import { HeldClock } from "../support/held-clock.js";

const MINUTE_MS = 60_000;

function start(count: number) {
  const clock = new HeldClock(false);
  return { clock, buckets: new TokenBuckets(clock, { count, windowMs: MINUTE_MS }) };
}

describe("a bucket", () => {
  test.each([1, 3, 7, 600, 59_999])("has %i tokens at once, and not one more", (count) => {
    const { buckets } = start(count);
    for (let n = 0; n < count; n++) expect(buckets.take("anna")).toBe(0);
    expect(buckets.take("anna")).toBe(Math.round(MINUTE_MS / count));
  });

  test("says when the next token is there, and then it is", () => {
    const { clock, buckets } = start(7);
    for (let n = 0; n < 7; n++) buckets.take("anna");
    clock.advance(buckets.take("anna") - 1);
    expect(buckets.take("anna")).toBe(1);
    clock.advance(1);
    expect(buckets.take("anna")).toBe(0);
    expect(buckets.take("anna")).toBeGreaterThan(0);
  });

  test("is not emptied by what was refused, and never holds more than it holds", () => {
    const { clock, buckets } = start(2);
    for (let n = 0; n < 50; n++) buckets.take("anna");
    clock.advance(MINUTE_MS * 10);
    expect([buckets.take("anna"), buckets.take("anna"), buckets.take("anna")]).toEqual([0, 0, 30_000]);
  });

  test("is each caller's own", () => {
    const { buckets } = start(1);
    expect([buckets.take("anna"), buckets.take("ben"), buckets.take("anna")]).toEqual([0, 0, 60_000]);
  });
});

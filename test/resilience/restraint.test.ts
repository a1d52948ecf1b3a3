import { expect, test } from "@jest/globals";
import type { Claim, Slot } from "../../src/resilience/call-ledger.js";
import { MemoryLedger } from "../../src/resilience/memory-ledger.js";
import { HeldClock } from "../support/held-clock.js";

const QUOTA = { name: "q", tier: { perSecond: 10, perMinute: 20 }, criticalShare: 0 };
const CLAIM: Claim = { quotas: [QUOTA], isCritical: false };
const MINUTE_MS = 60_000;

/** A second after a call of its own has ended, nothing more may be used of the minute for 30 s. */
function createRestrained(more: number) {
  const clock = new HeldClock(false);
  const ledger = new MemoryLedger(clock);
  ledger.record(CLAIM).settle({});
  clock.advance(1_000);
  const untilMs = clock.now() + 30_000;
  ledger.restrain(QUOTA, [
    { more: 10, untilMs },
    { more, untilMs },
  ]);
  const decide = (count: number, claim = CLAIM) =>
    ledger
      .decide(Array<Claim>(count).fill(claim))
      .map((decision) => (decision.kind === "granted" ? "granted" : decision.waitMs));
  return { clock, ledger, decide };
}

test("who is restrained uses so many more, and is told when the restraint is over", () => {
  const { clock, decide } = createRestrained(2);
  expect(decide(4)).toEqual(["granted", "granted", 30_000, 30_000]);
  clock.advance(30_000);
  expect(decide(2)).toEqual(["granted", "granted"]);
});

test("a call of its own that counts no more makes room for another, before that", () => {
  const { clock, ledger, decide } = createRestrained(0);
  clock.advance(1_000);
  ledger.restrain(QUOTA, [
    { more: 10, untilMs: 2 * MINUTE_MS },
    { more: 0, untilMs: 2 * MINUTE_MS },
  ]);
  expect(decide(2)).toEqual([MINUTE_MS - 2_000, 2 * MINUTE_MS - 2_000]);
  clock.advance(MINUTE_MS - 2_000);
  expect(decide(1)).toEqual(["granted"]);
});

test("critical calls are not held to it", () => {
  const { decide } = createRestrained(0);
  expect(decide(2, { ...CLAIM, isCritical: true })).toEqual(["granted", "granted"]);
});

test("what the other side says is left ends it", () => {
  const { ledger, decide } = createRestrained(1);
  const [decision] = ledger.decide([CLAIM]);
  const slot = (decision as { readonly slot: Slot }).slot;
  slot.settle({ limit: 20, remaining: 3, resetMs: 20_000 });
  expect(decide(4)).toEqual(["granted", "granted", "granted", 20_000]);
});

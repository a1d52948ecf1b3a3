import { expect, test } from "@jest/globals";
import { LookTurns } from "../../src/send-jobs/look-turns.js";
import { HeldClock } from "../support/held-clock.js";

/** Turns, the clock that they go by, and how many looks have had theirs. */
function hold() {
  const clock = new HeldClock(false);
  const turns = new LookTurns(clock);
  let begun = 0;
  const look = (ms: number) => void turns.next(ms).then(() => (begun += 1));
  const advance = async (ms: number) => {
    clock.advance(ms);
    await new Promise(setImmediate);
    return begun;
  };
  return { clock, look, advance };
}

test("looks that fall due within a tenth of a second are made together, at its end", async () => {
  const { clock, look, advance } = hold();
  look(110);
  look(200);
  look(201);
  expect(clock.sleeps).toEqual([200, 300]);
  expect(await advance(199)).toBe(0);
  expect(await advance(1)).toBe(2);
  expect(await advance(100)).toBe(3);
});

test("a look that comes to a turn which has begun waits for the next", async () => {
  const { look, advance } = hold();
  look(100);
  expect(await advance(100)).toBe(1);
  look(1);
  expect(await advance(99)).toBe(1);
  expect(await advance(1)).toBe(2);
});

test("a full page of looks is made as soon as all of them are due, and no sooner; who comes later waits", async () => {
  const { look, advance } = hold();
  for (let n = 0; n < 50; n++) look(110);
  await advance(20);
  for (let n = 0; n < 50; n++) look(110);
  look(110);
  expect(await advance(109)).toBe(0);
  expect(await advance(1)).toBe(100);
  expect(await advance(69)).toBe(100);
  expect(await advance(1)).toBe(101);
});

test("nothing is left of turns that are over", async () => {
  const { clock, look, advance } = hold();
  for (let n = 0; n < 250; n++) look(100);
  expect(await advance(100)).toBe(250);
  expect(clock.pendingCount).toBe(0);
});

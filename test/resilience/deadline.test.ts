import { expect, test } from "@jest/globals";
import { backoffMs, restMs } from "../../src/resilience/backoff.js";
import { systemClock } from "../../src/resilience/clock.js";
import { Deadline, DeadlineExceededError, withTimeLimit } from "../../src/resilience/deadline.js";
import { HeldClock } from "../support/held-clock.js";

test("a deadline shrinks with the clock, and never below nothing", () => {
  const clock = new HeldClock(false);
  const deadline = new Deadline(clock, 1_000);
  clock.advance(400);
  expect(deadline.remainingMs).toBe(600);
  expect(deadline.within(5_000).remainingMs).toBe(600);
  expect(deadline.within(100).remainingMs).toBe(100);
  clock.advance(5_000);
  expect(deadline).toMatchObject({ remainingMs: 0, isOver: true });
});

test("a task that takes too long sees its signal abort with the reason, and no timer is left", async () => {
  const clock = new HeldClock(false);
  const task = withTimeLimit(
    clock,
    100,
    undefined,
    (signal) =>
      new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  clock.advance(100);
  await expect(task).rejects.toBeInstanceOf(DeadlineExceededError);
  expect(clock.pendingCount).toBe(0);
});

test("a task sees its caller leave, with the caller's reason", async () => {
  const caller = new AbortController();
  const gone = new Error("gone");
  const task = withTimeLimit(new HeldClock(false), 100, caller.signal, async (signal) => {
    caller.abort(gone);
    signal.throwIfAborted();
  });
  await expect(task).rejects.toBe(gone);
  await expect(withTimeLimit(new HeldClock(), 1, caller.signal, async (signal) => signal.reason)).resolves.toBe(gone);
});

test("a quick task leaves neither timer nor listener", async () => {
  const clock = new HeldClock(false);
  const caller = new AbortController();
  let inner: AbortSignal | undefined;
  expect(await withTimeLimit(clock, 100, caller.signal, async (signal) => ((inner = signal), "done"))).toBe("done");
  caller.abort();
  expect(inner?.aborted).toBe(false);
  expect(clock.pendingCount).toBe(0);
});

const BACKOFF = { firstMs: 100, maximumMs: 1_000, factor: 2 };

test("the back-off is anything from nothing to a limit that grows to its maximum", () => {
  const limits = [1, 2, 3, 4, 5, 6].map((attempt) => backoffMs(BACKOFF, attempt, 1));
  expect(limits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  expect([1, 2, 3].map((attempt) => backoffMs(BACKOFF, attempt, 0))).toEqual([0, 0, 0]);
  expect([1, 2, 3].map((attempt) => backoffMs(BACKOFF, attempt, 0.25))).toEqual([25, 50, 100]);
});

test("a rest grows as well, and half of it is certain", () => {
  expect([1, 2, 5, 6].map((times) => restMs(BACKOFF, times, 1))).toEqual([100, 200, 1_000, 1_000]);
  expect([1, 2, 5, 6].map((times) => restMs(BACKOFF, times, 0))).toEqual([50, 100, 500, 500]);
});

test("a sleep on the real clock ends at once, with the reason, when it is called off", async () => {
  const caller = new AbortController();
  const reason = new Error("enough");
  const sleep = systemClock.sleep(3_600_000, caller.signal);
  caller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
});

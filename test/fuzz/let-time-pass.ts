import { setImmediate, setTimeout as delay } from "node:timers/promises";
import type { HeldClock } from "../support/held-clock.js";

/** Real time, after which somebody who has not been answered is forgotten. */
const HANG_MS = 15_000;
/** Real time without an answer, after which it is held time that is waited for. */
const QUIET_MS = 40;

/** Waits for an answer, and lets the held clock run to the next time limit wherever nothing happens. @throws Error when none comes */
export async function letTimePass<T>(clock: HeldClock, answer: Promise<T>): Promise<T> {
  const end = new AbortController();
  const endMs = performance.now() + HANG_MS;
  const passing = async (): Promise<never> => {
    while (performance.now() < endMs) {
      await delay(QUIET_MS, undefined, { signal: end.signal });
      passToNextLimit(clock);
    }
    throw new Error(`There was no answer within ${HANG_MS} ms.`);
  };
  try {
    return await Promise.race([answer, passing()]);
  } finally {
    end.abort();
  }
}

/** Where nobody waits for time, none passes: it would be all there is. */
export function passToNextLimit(clock: HeldClock): void {
  if (clock.pendingCount > 0) clock.advanceTo(clock.nextDueMs);
}

/** Real time, in which what ends with an answer has ended. */
const SETTLING_MS = 3_000;

/** Waits until nobody waits for time, while none passes. @returns how many still do */
export async function timersLeft(clock: HeldClock): Promise<number> {
  const endMs = performance.now() + SETTLING_MS;
  while (clock.pendingCount > 0 && performance.now() < endMs) await setImmediate();
  return clock.pendingCount;
}

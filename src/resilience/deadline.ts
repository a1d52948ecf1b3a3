import type { Clock } from "./clock.js";
import { onAbort } from "./on-abort.js";

/** Why a signal made by {@link Deadline} aborted: the time was up, as opposed to the caller having left. */
export class DeadlineExceededError extends Error {
  constructor(readonly limitMs: number) {
    super(`The time limit of ${limitMs} ms was reached.`);
    this.name = "DeadlineExceededError";
  }
}

/** One absolute point in time for a whole operation; every wait and every attempt inside it is cut to what is left. */
export class Deadline {
  private readonly atMs: number;

  constructor(
    private readonly clock: Clock,
    readonly limitMs: number,
  ) {
    this.atMs = clock.now() + limitMs;
  }

  get remainingMs(): number {
    return Math.max(0, this.atMs - this.clock.now());
  }

  get isOver(): boolean {
    return this.remainingMs === 0;
  }

  /** A nearer deadline inside this one; never a later one. */
  within(limitMs: number): Deadline {
    return new Deadline(this.clock, Math.min(limitMs, this.remainingMs));
  }
}

/**
 * Runs `task` with a signal that aborts when `limitMs` have passed or when `outer` aborts, whichever is first.
 * The timer and the listener are gone when the promise settles: nothing is left behind by a call that was quick.
 */
export async function withTimeLimit<T>(
  clock: Clock,
  limitMs: number,
  outer: AbortSignal | undefined,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const leave = () => controller.abort(outer?.reason);
  const stopTimer = clock.after(limitMs, () => controller.abort(new DeadlineExceededError(limitMs)));
  const stopListening = onAbort(outer, leave);
  if (outer?.aborted) leave();
  try {
    return await task(controller.signal);
  } finally {
    stopTimer();
    stopListening();
  }
}

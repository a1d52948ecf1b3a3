import type { Clock } from "./clock.js";

export interface Wait<T> {
  readonly clock: Clock;
  readonly limitMs: number;
  /** What is told when the time is over first; undefined where the end is at hand and told then. */
  readonly soFar: () => T | undefined;
  /** Told of an error that came after that: it is nobody's answer any more, and must not be lost. */
  readonly onLateError: (error: unknown) => void;
}

/** The end of some work, or what is known of it when the time of the one who waits is over; the work goes on then. */
export function inTime<T>(work: Promise<T>, { clock, limitMs, soFar, onLateError }: Wait<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const stopTimer = clock.after(limitMs, () => {
      const known = soFar();
      if (known === undefined) return;
      isLate = true;
      resolve(known);
    });
    const fail = (error: unknown) => (isLate ? onLateError(error) : reject(error));
    void work.then(resolve, fail).finally(stopTimer);
  });
}

import type { Clock } from "./clock.js";

export interface Wait<T> {
  readonly clock: Clock;
  readonly limitMs: number;
  /** What is told when the time is over first. */
  readonly soFar: () => T;
  /** Told of an error that came after that: it is nobody's answer any more, and must not be lost. */
  readonly onLateError: (error: unknown) => void;
}

/** The end of some work, or what is known of it when the time of the one who waits is over; the work goes on then. */
export function inTime<T>(work: Promise<T>, { clock, limitMs, soFar, onLateError }: Wait<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const stopTimer = clock.after(limitMs, () => {
      isLate = true;
      resolve(soFar());
    });
    const fail = (error: unknown) => (isLate ? onLateError(error) : reject(error));
    void work.then(resolve, fail).finally(stopTimer);
  });
}

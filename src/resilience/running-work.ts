import { setImmediate } from "node:timers/promises";

/** Work that goes on whether or not the one who asked for it is still there, so that a process can wait for it at its end. */
export class RunningWork {
  private runningCount = 0;
  private onIdle: (() => void)[] = [];

  /** @returns what it was given */
  track<T>(work: Promise<T>): Promise<T> {
    this.runningCount++;
    work.then(this.done, this.done);
    return work;
  }

  get count(): number {
    return this.runningCount;
  }

  /** Resolves when nothing is running any more, what was started meanwhile or next included. */
  async settled(): Promise<void> {
    while (this.runningCount > 0) {
      await new Promise<void>((resolve) => this.onIdle.push(resolve));
      // What follows in the same request begins within a turn of the event loop.
      await setImmediate();
    }
  }

  private readonly done = (): void => {
    if (--this.runningCount > 0) return;
    const waiting = this.onIdle;
    this.onIdle = [];
    for (const resolve of waiting) resolve();
  };
}

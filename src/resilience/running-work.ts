import { setImmediate } from "node:timers/promises";

/** Work that goes on whether or not the one who asked for it is still there, so that a process can wait for it at its end. */
export class RunningWork {
  private readonly running = new Set<Promise<unknown>>();

  /** @returns what it was given */
  track<T>(work: Promise<T>): Promise<T> {
    const done = () => void this.running.delete(work);
    this.running.add(work);
    work.then(done, done);
    return work;
  }

  get count(): number {
    return this.running.size;
  }

  /** Resolves when nothing is running any more, what was started meanwhile or next included. */
  async settled(): Promise<void> {
    while (this.running.size > 0) {
      await Promise.allSettled(this.running);
      // What follows in the same request begins within a turn of the event loop.
      await setImmediate();
    }
  }
}

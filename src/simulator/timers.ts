/** Real waiting that keeps no process alive and ends, unresolved, when the simulator is closed. */
export class Timers {
  readonly #pending = new Set<NodeJS.Timeout>();

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#pending.delete(timer);
        resolve();
      }, ms);
      timer.unref();
      this.#pending.add(timer);
    });

  clear(): void {
    for (const timer of this.#pending) clearTimeout(timer);
    this.#pending.clear();
  }
}

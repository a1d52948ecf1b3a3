/**
 * The reads of one request that may still lead to campaigns. Whoever gathers campaigns from all over the request can wait for the
 * moment when none is out.
 */
export class ReadsUnderWay {
  private count = 0;
  private waiting: readonly (() => void)[] = [];

  /** @param read ends with whoever asked for it, at the latest */
  add(read: Promise<unknown>): void {
    this.count += 1;
    const end = () => this.end();
    read.then(end, end);
  }

  /**
   * Calls `run` once, and never at once: when none is under way, and what came of the last one has begun no other.
   * @returns what to call when nobody waits any more
   */
  whenNone(run: () => void): () => void {
    this.waiting = [...this.waiting, run];
    this.look();
    return () => {
      this.waiting = this.waiting.filter((other) => other !== run);
    };
  }

  private end(): void {
    this.count -= 1;
    this.look();
  }

  private look(): void {
    if (this.count > 0 || this.waiting.length === 0) return;
    // By then resolvers have gone on with what was read, and loaders have asked for what they gathered.
    setImmediate(() => this.tell());
  }

  private tell(): void {
    if (this.count > 0) return;
    const { waiting } = this;
    this.waiting = [];
    for (const run of waiting) run();
  }
}

export interface AdmissionOptions {
  /** Requests under way beyond which others are refused. */
  readonly maxRunning: number;
  /** How late the event loop may be. */
  readonly maxLoopDelayMs: number;
  /** How late it is. */
  readonly loopDelayMs: () => number;
}

/** Urgent requests have so much more room: they are few, and refusing them is what the others are refused for. */
const URGENT_FACTOR = 2;

/**
 * Decides who is let in while there is more to do than can be done. To refuse early and cheaply is what keeps the rest quick; urgent
 * requests are let in to the last.
 */
export class Admission {
  private running = 0;

  constructor(private readonly options: AdmissionOptions) {}

  get runningCount(): number {
    return this.running;
  }

  /** Whether a request that is not urgent would be refused now. */
  get isFull(): boolean {
    return !this.hasRoom(false);
  }

  /** @returns what to call when the request is over, or undefined: it is refused */
  enter(isUrgent: boolean): (() => void) | undefined {
    if (!this.hasRoom(isUrgent)) return undefined;
    this.running++;
    let isOver = false;
    return () => {
      if (!isOver) this.running--;
      isOver = true;
    };
  }

  private hasRoom(isUrgent: boolean): boolean {
    const { maxRunning, maxLoopDelayMs, loopDelayMs } = this.options;
    // An urgent request is one of few: what makes the loop late are the others, and they are refused.
    if (isUrgent) return this.running < maxRunning * URGENT_FACTOR;
    return this.running < maxRunning && loopDelayMs() <= maxLoopDelayMs;
  }
}

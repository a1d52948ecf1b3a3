import type { Clock } from "../resilience/clock.js";

/**
 * So many time limits of silence and Redis is given up. A replica that goes on by itself while the others do not uses more than its
 * part of what they share, so that it has to be sure.
 */
const SILENT_LIMITS = 3;

/**
 * So many rounds of late answers in a row, and it is given up as well: whoever waits for it waits in vain. They are counted and not
 * measured, for one that is asked seldom has been late seldom, however long ago it was in time.
 */
const LATE_ROUNDS = 5;

export interface RedisPatienceOptions {
  readonly clock: Clock;
  /** The longest that anybody waits for an answer. */
  readonly timeoutMs: number;
  /** Told when Redis is to be given up, and why. */
  readonly onEnd: (reason: Error) => void;
}

/** How long one connection is believed in although Redis is late for answers. */
export class RedisPatience {
  /** What is asked at the same time is late at the same time: that says no more than one late answer. */
  private round = 0;
  private lateRounds = 0;
  private stopTimer: (() => void) | undefined;
  private isOver = false;

  constructor(private readonly options: RedisPatienceOptions) {}

  /** To be said when something is asked. @returns to be called when it is found late, and why */
  watch(answer: Promise<unknown>): (reason: Error) => void {
    const { round } = this;
    let isLate = false;
    answer.then(
      () => this.hear(isLate),
      () => {},
    );
    return (reason) => {
      isLate = true;
      this.isLate(round, reason);
    };
  }

  end(): void {
    this.isOver = true;
    this.stopListening();
  }

  /** An answer says that Redis is there also when it is late. */
  private hear(isLate: boolean): void {
    this.stopListening();
    if (!isLate) this.lateRounds = 0;
  }

  private isLate(round: number, reason: Error): void {
    if (this.isOver) return;
    if (round === this.round) {
      this.round++;
      this.lateRounds++;
    }
    if (this.lateRounds < LATE_ROUNDS) return this.listen(reason);
    this.options.onEnd(new Error(`Redis was late ${LATE_ROUNDS} times in a row.`, { cause: reason }));
  }

  /** From now on only an answer saves the connection. */
  private listen(reason: Error): void {
    const { clock, timeoutMs, onEnd } = this.options;
    this.stopTimer ??= clock.after((SILENT_LIMITS - 1) * timeoutMs, () => {
      // What has arrived already is read first: it was not Redis that was slow then, but this process.
      setImmediate(() => this.stopTimer && onEnd(reason));
    });
  }

  private stopListening(): void {
    this.stopTimer?.();
    this.stopTimer = undefined;
  }
}

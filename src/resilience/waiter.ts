import { onAbort } from "./on-abort.js";
import type { Claim, Slot } from "./call-ledger.js";
import type { Sharers } from "./single-flight.js";

/** There is no room in time. It is said as soon as it can be told, not when the time is up. */
export class NotAdmittedError extends Error {
  constructor(readonly retryAfterMs: number) {
    super(`No room within the time; there may be some in ${retryAfterMs} ms.`);
    this.name = "NotAdmittedError";
  }
}

/** What waits for its turn, and for whom. */
export interface Waiting {
  readonly claim: Claim;
  readonly signal?: AbortSignal | undefined;
  /** Who share it, where others may join them: they may have more time. */
  readonly sharers?: Sharers | undefined;
}

/** One call that waits for its turn. It is over when it has got it, has been refused, or has left. */
export class Waiter {
  readonly turn: Promise<Slot>;
  isOver = false;
  private resolve!: (slot: Slot) => void;
  private reject!: (reason: unknown) => void;
  private readonly stopListening: () => void;

  constructor(
    private readonly waiting: Waiting,
    /** It does not wait beyond that, unless somebody with more time has joined it. */
    private readonly untilMs: number,
    private readonly onLeave: (waiter: Waiter) => void,
  ) {
    this.turn = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.stopListening = onAbort(waiting.signal, () => this.leave());
  }

  get claim(): Claim {
    return this.waiting.claim;
  }

  /** Whether a turn that comes in `ms` comes in time. */
  canWait(ms: number, nowMs: number): boolean {
    return nowMs + ms <= this.untilMs || ms <= (this.waiting.sharers?.remainingMs ?? 0);
  }

  admit(slot: Slot): void {
    this.end();
    this.resolve(slot);
  }

  refuse(error: unknown): void {
    this.end();
    this.reject(error);
  }

  private leave(): void {
    this.refuse(this.waiting.signal?.reason);
    this.onLeave(this);
  }

  private end(): void {
    this.isOver = true;
    this.stopListening();
  }
}

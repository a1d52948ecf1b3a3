import { onAbort } from "./on-abort.js";
import type { Claim, Slot } from "./call-ledger.js";

/** There is no room in time. It is said as soon as it can be told, not when the time is up. */
export class NotAdmittedError extends Error {
  constructor(readonly retryAfterMs: number) {
    super(`No room within the time; there may be some in ${retryAfterMs} ms.`);
    this.name = "NotAdmittedError";
  }
}

/** One call that waits for its turn. It is over when it has got it, has been refused, or has left. */
export class Waiter {
  readonly turn: Promise<Slot>;
  isOver = false;
  private resolve!: (slot: Slot) => void;
  private reject!: (reason: unknown) => void;
  private readonly stopListening: () => void;

  constructor(
    readonly claim: Claim,
    /** It does not wait beyond that. */
    readonly untilMs: number,
    private readonly signal: AbortSignal | undefined,
    private readonly onLeave: (waiter: Waiter) => void,
  ) {
    this.turn = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.stopListening = onAbort(signal, () => this.leave());
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
    this.refuse(this.signal?.reason);
    this.onLeave(this);
  }

  private end(): void {
    this.isOver = true;
    this.stopListening();
  }
}

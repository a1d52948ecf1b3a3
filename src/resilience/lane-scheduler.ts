import type { CallLedger, Claim, Decision, Slot } from "./call-ledger.js";
import type { Clock } from "./clock.js";
import { type Lane, LaneQueue } from "./lane-queue.js";
import { NotAdmittedError, Waiter, type Waiting } from "./waiter.js";

export interface AdmissionRequest extends Waiting {
  readonly lane: Lane;
  /** Among whom turns are taken. */
  readonly caller: string;
  /** The longest that waiting is worth while. */
  readonly remainingMs: number;
}

/** Lets calls in as the ledger has room: critical ones first, the others fairly, none that cannot be in time. */
export class LaneScheduler {
  private readonly queue = new LaneQueue<Waiter>();
  private isDeciding = false;
  /** Something has happened that the decisions which are being made do not know. */
  private isOutdated = false;
  private isServingSoon = false;
  /** A critical claim that was told to wait when it was last decided: others may leave room for it. */
  private roomKeptFor: Claim | undefined;
  private stopTimer = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly ledger: CallLedger,
  ) {}

  get waitingCount(): number {
    return this.queue.size;
  }

  /**
   * @returns leave to make the call, to be settled when it is over: at once where nobody waits and the ledger knows of room
   * @throws NotAdmittedError, or the signal's reason
   */
  admit(request: AdmissionRequest): Slot | Promise<Slot> {
    if (request.signal?.aborted) return Promise.reject(request.signal.reason);
    const slot = this.queue.size === 0 ? this.ledger.grant?.(request.claim) : undefined;
    if (!slot) return this.wait(request);
    this.queue.pass(request.lane, request.caller);
    return this.observed(slot);
  }

  private async wait(request: AdmissionRequest): Promise<Slot> {
    const { lane, caller, remainingMs } = request;
    const waiter = new Waiter(request, this.clock.now() + remainingMs, () => this.removeOver());
    this.queue.add(lane, caller, waiter);
    // Who finds others waiting has to wait as well: those who come in one turn of the event loop are decided about together.
    if (this.queue.size === 1 || lane === "critical") this.serve();
    else this.serveSoon();
    return this.observed(await waiter.turn);
  }

  private serveSoon(): void {
    if (this.isServingSoon) return;
    this.isServingSoon = true;
    setImmediate(() => {
      this.isServingSoon = false;
      this.serve();
    });
  }

  private serve(): void {
    this.isOutdated = this.isDeciding;
    if (this.isDeciding || this.queue.size === 0) return;
    const waiters = this.queue.items;
    const decisions = this.ledger.decide(waiters.map(({ claim }) => claim));
    if (decisions instanceof Promise) void this.applyLater(waiters, decisions);
    else this.apply(waiters, decisions);
  }

  private async applyLater(waiters: readonly Waiter[], decisions: Promise<readonly Decision[]>): Promise<void> {
    this.isDeciding = true;
    try {
      const made = await decisions;
      this.apply(waiters, made);
    } catch (error) {
      for (const waiter of waiters) waiter.refuse(error);
      this.removeOver();
    } finally {
      this.isDeciding = false;
    }
    if (this.isOutdated) this.serve();
  }

  private apply(waiters: readonly Waiter[], decisions: readonly Decision[]): void {
    const nowMs = this.clock.now();
    let wakeMs = Infinity;
    let hasRefused = false;
    this.roomKeptFor = undefined;
    for (const [at, decision] of decisions.entries()) {
      const waiter = waiters[at];
      if (!waiter) continue;
      if (decision.kind === "wait" && waiter.claim.isCritical) this.roomKeptFor = waiter.claim;
      if (decision.kind === "granted") this.grant(waiter, decision.slot);
      else if (!waiter.canWait(decision.waitMs, nowMs)) {
        waiter.refuse(new NotAdmittedError(Math.ceil(decision.waitMs)));
        hasRefused = true;
      } else {
        // Its turn was forecast behind one that is not going to take its own.
        if (hasRefused) this.serveSoon();
        wakeMs = Math.min(wakeMs, decision.waitMs);
      }
    }
    this.removeOver();
    this.wakeIn(wakeMs);
  }

  private grant(waiter: Waiter, slot: Slot): void {
    if (!waiter.isOver) {
      this.queue.served(waiter);
      return waiter.admit(slot);
    }
    // It left while the decision was made: its room is for others.
    slot.cancel();
    this.isOutdated = true;
  }

  private removeOver(): void {
    this.queue.remove(({ isOver }) => isOver);
    this.giveBack();
  }

  /** Those who were told to wait have been refused, or have left: the room that is kept for them is for others. */
  private giveBack(): void {
    const claim = this.roomKeptFor;
    if (!claim || this.queue.items.some(({ claim: { isCritical } }) => isCritical)) return;
    this.roomKeptFor = undefined;
    this.ledger.giveBack?.(claim);
  }

  /** The end of a call may change when the next ones get their turn. */
  private observed(slot: Slot): Slot {
    return {
      settle: (news) => {
        slot.settle(news);
        this.serve();
      },
      cancel: () => {
        slot.cancel();
        this.serve();
      },
    };
  }

  private wakeIn(ms: number): void {
    this.stopTimer();
    this.stopTimer = Number.isFinite(ms) ? this.clock.after(Math.max(1, Math.ceil(ms)), () => this.serve()) : () => {};
  }
}

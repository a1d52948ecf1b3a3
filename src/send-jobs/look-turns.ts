import type { Clock } from "../resilience/clock.js";

/** Looks that fall due between two multiples of this are made together, so that they can share their reads. */
const GRID_MS = 100;
/** So many cost a call, whether or not more of them are waited for: a page of campaigns by their ids. */
const FULL = 100;

interface Turn {
  readonly begun: Promise<void>;
  readonly begin: () => void;
  lookCount: number;
  lastDueMs: number;
}

/** When cancels look: together, for a page of campaigns takes as many calls as one campaign does. */
export class LookTurns {
  /** Those that take further looks, by their time. */
  private readonly open = new Map<number, Turn>();

  constructor(private readonly clock: Clock) {}

  /** Waits until a look that falls due in `ms` has its turn: by no more than the grid later, and no sooner. */
  next(ms: number): Promise<void> {
    const dueMs = this.clock.now() + ms;
    const atMs = Math.ceil(dueMs / GRID_MS) * GRID_MS;
    const turn = this.open.get(atMs) ?? this.openTurn(atMs);
    turn.lookCount += 1;
    turn.lastDueMs = Math.max(turn.lastDueMs, dueMs);
    if (turn.lookCount === FULL) this.close(atMs, turn);
    return turn.begun;
  }

  private openTurn(atMs: number): Turn {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const turn: Turn = { begun, begin, lookCount: 0, lastDueMs: 0 };
    this.open.set(atMs, turn);
    void this.beginAt(atMs, turn).then(() => {
      // Where it was full before, another one stands in its place.
      if (this.open.get(atMs) === turn) this.open.delete(atMs);
    });
    return turn;
  }

  /** To wait for the grid would save no call any more. */
  private close(atMs: number, turn: Turn): void {
    this.open.delete(atMs);
    void this.beginAt(turn.lastDueMs, turn);
  }

  private async beginAt(atMs: number, turn: Turn): Promise<void> {
    await this.clock.sleep(atMs - this.clock.now());
    turn.begin();
  }
}

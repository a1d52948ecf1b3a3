/** The status from this moment on, in milliseconds since the epoch. */
export interface Move {
  readonly atMs: number;
  readonly status: string;
}

/**
 * What a status was, is and will be if nothing intervenes. Nothing ticks: whoever asks brings the time,
 * so a test that holds the clock by hand sees every state, and an idle simulator costs nothing.
 */
export class StatusTimeline {
  #moves: readonly Move[];

  constructor(first: Move, later: readonly Move[]) {
    this.#moves = [first, ...later.toSorted((a, b) => a.atMs - b.atMs)];
  }

  at(nowMs: number): Move {
    const reached = this.#moves.filter((move, index) => index === 0 || move.atMs <= nowMs);
    return reached.at(-1) as Move;
  }

  /** Every move that was made up to this moment, the first included. */
  until(nowMs: number): readonly Move[] {
    return this.#moves.filter((move, index) => index === 0 || move.atMs <= nowMs);
  }

  /** Forgets what was planned after `fromMs` and goes on with `moves` instead. */
  replan(fromMs: number, moves: readonly Move[]): void {
    this.#moves = [...this.until(fromMs), ...moves];
  }
}

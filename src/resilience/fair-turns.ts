/** More callers than that are not worth remembering: whoever is forgotten starts anew with the rest. */
const REMEMBERED_CALLERS = 10_000;

/**
 * Start-time fair queueing: each caller's next call gets a number that is one higher than its last, but not lower than the number
 * that is being served. Served in the order of numbers, callers take turns, however many calls one of them has waiting.
 */
export class FairTurns {
  private serving = 0;
  private readonly last = new Map<string, number>();

  /** The number of a caller's next call. */
  next(caller: string): number {
    const turn = Math.max(this.serving, this.last.get(caller) ?? 0) + 1;
    this.last.set(caller, turn);
    if (this.last.size > REMEMBERED_CALLERS) this.forget();
    return turn;
  }

  served(turn: number): void {
    this.serving = Math.max(this.serving, turn);
  }

  private forget(): void {
    for (const [caller, turn] of this.last) if (turn <= this.serving) this.last.delete(caller);
    if (this.last.size > REMEMBERED_CALLERS) this.last.clear();
  }
}

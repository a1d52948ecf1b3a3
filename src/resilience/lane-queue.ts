import { FairTurns } from "./fair-turns.js";

/** Who goes first: critical calls before all others, background calls after all others. */
export const LANES = ["critical", "interactive", "background"] as const;
export type Lane = (typeof LANES)[number];

interface Place {
  readonly rank: number;
  readonly turn: number;
}

/** A queue in the order of lanes, and within a lane fair between callers. */
export class LaneQueue<T> {
  private entries: (Place & { readonly item: T })[] = [];
  private readonly turns = LANES.map(() => new FairTurns());

  get size(): number {
    return this.entries.length;
  }

  /** In the order in which they are to be served. */
  get items(): readonly T[] {
    return this.entries.map(({ item }) => item);
  }

  add(lane: Lane, caller: string, item: T): void {
    const rank = LANES.indexOf(lane);
    const turn = this.turns[rank]?.next(caller) ?? 0;
    // Behind those of the same turn: first come, first served.
    const at = this.entries.findLastIndex((other) => other.rank < rank || (other.rank === rank && other.turn <= turn));
    this.entries.splice(at + 1, 0, { rank, turn, item });
  }

  /** A turn that need not be waited for, since nobody waits. */
  pass(lane: Lane, caller: string): void {
    const turns = this.turns[LANES.indexOf(lane)];
    turns?.served(turns.next(caller));
  }

  /** Whoever comes now is not before `item` in the turns of its lane. It stays in the queue until it is removed. */
  served(item: T): void {
    const entry = this.entries.find((other) => other.item === item);
    if (entry) this.turns[entry.rank]?.served(entry.turn);
  }

  remove(isDone: (item: T) => boolean): void {
    this.entries = this.entries.filter(({ item }) => !isDone(item));
  }
}

import type { Clock } from "./clock.js";
import { Deadline } from "./deadline.js";

/** The callers of one piece of work that are yet to be told something: nothing is begun for who has been, or whose time is over. */
export class WaitingCallers {
  private readonly deadlines = new Set<Deadline>();

  constructor(private readonly clock: Clock) {}

  /** @returns what that caller {@link leave leaves} by */
  join(patienceMs: number): Deadline {
    const caller = new Deadline(this.clock, patienceMs);
    this.deadlines.add(caller);
    return caller;
  }

  leave(caller: Deadline): void {
    this.deadlines.delete(caller);
  }

  /** How long somebody is still going to wait. */
  get remainingMs(): number {
    let longestMs = 0;
    for (const { remainingMs } of this.deadlines) longestMs = Math.max(longestMs, remainingMs);
    return longestMs;
  }

  get areGone(): boolean {
    return this.remainingMs === 0;
  }
}

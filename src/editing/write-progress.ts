import type { Clock } from "../resilience/clock.js";
import { WaitingCallers } from "../resilience/waiting-callers.js";
import type { Asked } from "./asked.js";
import { notBegun, refused, unknown, unknownSoFar, type WriteDescription } from "./write-verdicts.js";
import type { Verdict } from "./write.payload.js";

/** How far one write is, and who waits for it. */
export class WriteProgress {
  readonly callers: WaitingCallers;
  private description: WriteDescription | undefined;
  private verdict: Verdict | undefined;
  private state: { readonly kind: "waiting" | "out" } | Asked<unknown> = { kind: "waiting" };

  constructor(clock: Clock) {
    this.callers = new WaitingCallers(clock);
  }

  get isTaken(): boolean {
    return this.state.kind === "taken";
  }

  begins(description: WriteDescription): void {
    this.description = description;
  }

  /** Whether it goes out, now that it can: waiting for its turn and for a connection may have taken longer than anybody waits. */
  goesOut(): boolean {
    if (this.callers.areGone) return false;
    this.state = { kind: "out" };
    return true;
  }

  /** What became of it is known; what is left is to read it back. */
  concluded(verdict: Verdict): void {
    this.verdict = verdict;
  }

  ended(asked: Asked<unknown>): void {
    this.state = asked;
  }

  /** What is known at this moment, for a caller whose time is over; undefined where the end is at hand. */
  soFar(): Verdict | undefined {
    const { state, description: write } = this;
    if (!write) return undefined;
    if (this.verdict && state.kind !== "taken") return this.verdict;
    switch (state.kind) {
      case "waiting":
        return this.callers.areGone ? notBegun(write) : unknownSoFar(write);
      case "out":
        return unknownSoFar(write);
      case "refused":
        return this.callers.areGone ? refused(state, write) : unknownSoFar(write);
      case "unknown":
        return unknown(state.failure, write);
      case "taken":
        return undefined;
    }
  }
}

import type { Clock } from "../../src/resilience/clock.js";

interface Timer {
  readonly atMs: number;
  readonly run: () => void;
}

/** The wall clock's reading when a held clock starts. */
export const START_MS = Date.parse("2026-11-23T12:00:00Z");

/**
 * A clock that a test holds: it stands still, whatever real time passes, until somebody sleeps or the test advances it. A sleeper
 * wakes at once, and its sleep has then passed for everybody who reads this clock, the simulator included. Time limits
 * therefore expire only when sleeps add up to them, or when the test says so.
 */
export class HeldClock implements Clock {
  private elapsedMs = 0;
  private timers: Timer[] = [];
  /** How far this wall clock is off. It may be corrected at any moment; time passes as before. */
  wallErrorMs = 0;
  /** Every sleep that was asked for, in milliseconds. */
  readonly sleeps: number[] = [];

  /** @param advancesBySleeping false: sleepers sleep until the test advances the clock */
  constructor(private readonly advancesBySleeping = true) {}

  now(): number {
    return this.elapsedMs;
  }

  wallMs(): number {
    return this.trueMs() + this.wallErrorMs;
  }

  /** What everybody else's wall clock shows. */
  trueMs(): number {
    return START_MS + this.elapsedMs;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const atMs = this.elapsedMs + ms;
      const wake = this.after(ms, resolve);
      signal?.addEventListener("abort", () => {
        wake();
        reject(signal.reason);
      });
      // A sleep that can be called off waits for something else: it must not push the time forward.
      if (signal) return;
      this.sleeps.push(ms);
      if (this.advancesBySleeping) setImmediate(() => this.advance(Math.max(0, atMs - this.elapsedMs)));
    });
  }

  after(ms: number, run: () => void): () => void {
    const timer = { atMs: this.elapsedMs + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Lets time pass, and runs what falls due, in order. */
  advance(ms: number): void {
    this.advanceTo(this.elapsedMs + ms);
  }

  /** The same, until the clock shows so much. What is left of a time, or parts of it, need not add up to the whole to the last bit. */
  advanceTo(untilMs: number): void {
    for (let next = this.nextDue(untilMs); next; next = this.nextDue(untilMs)) {
      this.elapsedMs = next.atMs;
      this.timers = this.timers.filter((timer) => timer !== next);
      next.run();
    }
    this.elapsedMs = untilMs;
  }

  /** How many time limits and sleepers are waiting: what is left behind when everything is over. */
  get pendingCount(): number {
    return this.timers.length;
  }

  /** What the clock shows when the next of them is due. */
  get nextDueMs(): number {
    return Math.max(this.elapsedMs, Math.min(...this.timers.map(({ atMs }) => atMs)));
  }

  /** How long until then. */
  get untilNextMs(): number {
    return this.nextDueMs - this.elapsedMs;
  }

  private nextDue(untilMs: number): Timer | undefined {
    return this.timers.filter((timer) => timer.atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  }
}

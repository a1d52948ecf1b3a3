import { expect } from "@jest/globals";
import fc from "fast-check";
import {
  type CallOutcome,
  CircuitBreaker,
  CircuitOpenError,
  type CircuitSettings,
  type CircuitState,
  type Passage,
} from "../../src/resilience/circuit-breaker.js";
import { HeldClock } from "../support/held-clock.js";

type Step =
  | { readonly kind: "advance"; readonly ms: number }
  | { readonly kind: "call" | "begin"; readonly isCritical: boolean; readonly outcome: CallOutcome }
  | { readonly kind: "end"; readonly pick: number; readonly outcome: CallOutcome };

const outcome = fc.constantFrom<CallOutcome>("success", "failure", "failure", "unknown");
const call = fc.record({ kind: fc.constantFrom("call", "call", "begin"), isCritical: fc.boolean(), outcome });

/** What may happen to a circuit, in any order. */
export const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("advance"), ms: fc.integer({ min: 1, max: 4_000 }) }) },
    { weight: 4, arbitrary: call },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("end"), pick: fc.nat(), outcome }) },
  ),
  { minLength: 50, maxLength: 200 },
);

/** So few calls that chance comes by all there is. */
const MODEL: CircuitSettings = {
  windowMs: 10_000,
  minimumCalls: 4,
  failureShare: 0.5,
  open: { firstMs: 2_000, maximumMs: 8_000, factor: 2 },
  successesToClose: 2,
};

/** All changes of state that there are. */
export const EDGES = ["closed>open", "open>half-open", "open>closed", "half-open>open", "half-open>closed"];

/** Plays steps against a circuit, and checks each against what a slow and simple book-keeping says. */
export class Play {
  private readonly clock = new HeldClock(false);
  private state: CircuitState = "closed";
  private turns = 0;
  readonly edges: string[] = [];
  private running: { end: Passage; turns: number; isProbe: boolean }[] = [];
  private counted: { atMs: number; failed: boolean }[] = [];
  private readonly breaker: CircuitBreaker;

  constructor(random: number) {
    const onChange = (state: CircuitState) => this.turn(state);
    this.breaker = new CircuitBreaker(MODEL, { clock: this.clock, random: () => random, onChange, tell: () => {} });
  }

  take(step: Step): void {
    if (step.kind === "advance") this.clock.advance(step.ms);
    else if (step.kind === "end") this.end(step.pick, step.outcome);
    else if (this.begin(step.isCritical) && step.kind === "call") this.end(this.running.length - 1, step.outcome);
  }

  /** When all is well again, two probes are enough. */
  recover(): void {
    while (this.running.length > 0) this.end(0, "unknown");
    this.clock.advance(MODEL.open.maximumMs);
    for (let n = 0; n < 2; n++) this.breaker.pass(false)("success");
    expect(this.state).toBe("closed");
  }

  /** @returns whether the call may be made */
  private begin(isCritical: boolean): boolean {
    try {
      const end = this.breaker.pass(isCritical);
      this.running.push({ end, turns: this.turns, isProbe: !isCritical && this.state === "half-open" });
    } catch (error) {
      this.checkRefusal(isCritical, error);
      return false;
    }
    if (!isCritical) expect(this.state).not.toBe("open");
    expect(this.probes).toBeLessThanOrEqual(1);
    return true;
  }

  private checkRefusal(isCritical: boolean, error: unknown): void {
    expect(isCritical).toBe(false);
    if (!(error instanceof CircuitOpenError)) throw error;
    expect(error.retryAfterMs).toBeGreaterThan(0);
    expect(error.retryAfterMs).toBeLessThanOrEqual(MODEL.open.maximumMs);
    if (this.state !== "open") expect([this.state, this.probes]).toEqual(["half-open", 1]);
  }

  private end(pick: number, outcome: CallOutcome): void {
    const [call] = this.running.splice(pick % Math.max(1, this.running.length), 1);
    if (!call) return;
    const wasClosed = this.state === "closed" && call.turns === this.turns;
    if (wasClosed && outcome !== "unknown")
      this.counted.push({ atMs: this.clock.now(), failed: outcome === "failure" });
    const opens = wasClosed && outcome === "failure" && this.isTooMuch();
    call.end(outcome);
    if (wasClosed) expect(this.state).toBe(opens ? "open" : "closed");
  }

  private isTooMuch(): boolean {
    const tenth = MODEL.windowMs / 10;
    const slot = (ms: number) => Math.floor(ms / tenth);
    const recent = this.counted.filter(({ atMs }) => slot(atMs) > slot(this.clock.now()) - 10);
    const failed = recent.filter((call) => call.failed).length;
    return recent.length >= MODEL.minimumCalls && failed >= recent.length * MODEL.failureShare;
  }

  private get probes(): number {
    return this.running.filter(({ isProbe, turns }) => isProbe && turns === this.turns).length;
  }

  private turn(state: CircuitState): void {
    const edge = `${this.state}>${state}`;
    expect(EDGES).toContain(edge);
    this.edges.push(edge);
    this.state = state;
    this.turns++;
    if (state === "closed") this.counted = [];
  }
}

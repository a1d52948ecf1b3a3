import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type CallOutcome,
  CircuitBreaker,
  CircuitOpenError,
  type CircuitSettings,
  type CircuitState,
  type Passage,
} from "../../src/resilience/circuit-breaker.js";
import type { CircuitNews } from "../../src/resilience/circuit-board.js";
import { HeldClock } from "../support/held-clock.js";

const SETTINGS: CircuitSettings = {
  windowMs: 10_000,
  minimumCalls: 10,
  failureShare: 0.5,
  open: { firstMs: 2_000, maximumMs: 8_000, factor: 2 },
  successesToClose: 2,
};

function createCircuit(random = 1) {
  const clock = new HeldClock(false);
  const states: CircuitState[] = [];
  const told: CircuitNews[] = [];
  const breaker = new CircuitBreaker(SETTINGS, {
    clock,
    random: () => random,
    onChange: (state) => states.push(state),
    tell: (news) => told.push(news),
  });
  const call = (outcome: CallOutcome, isCritical = false) => breaker.pass(isCritical)(outcome);
  const fail = (times: number) => Array.from({ length: times }, () => call("failure"));
  return { clock, breaker, states, told, call, fail };
}

describe("a circuit of which another replica has found something out", () => {
  test("opens, a little longer than the other's, and says nothing of it", () => {
    const { breaker, clock, states, told, call } = createCircuit();
    breaker.hear({ state: "open", forMs: 2_000 });
    expect(() => call("success")).toThrow(new CircuitOpenError(2_500));
    clock.advance(2_500);
    call("success");
    expect(states).toEqual(["open", "half-open"]);
    expect(told).toEqual([]);
  });

  test("is open for no longer than it would be by itself, whatever is told", () => {
    const { breaker, call } = createCircuit();
    breaker.hear({ state: "open", forMs: 1e9 });
    expect(() => call("success")).toThrow(new CircuitOpenError(10_000));
  });

  test("keeps to what it has found out itself while it is open", () => {
    const { breaker, fail, call } = createCircuit();
    fail(10);
    breaker.hear({ state: "open", forMs: 8_000 });
    expect(() => call("success")).toThrow(new CircuitOpenError(2_000));
  });

  test("closes, and what failed before counts no more", () => {
    const { breaker, fail, states, told } = createCircuit();
    fail(10);
    breaker.hear({ state: "closed" });
    fail(9);
    expect(states).toEqual(["open", "closed"]);
    expect(told).toEqual([{ state: "open", forMs: 2_000 }]);
  });

  test("tells what it finds out itself: that it opens, and for how long, and that it closes", () => {
    const { fail, call, told } = createCircuit();
    fail(10);
    call("success", true);
    call("success", true);
    expect(told).toEqual([{ state: "open", forMs: 2_000 }, { state: "closed" }]);
  });
});

describe("a circuit", () => {
  test("stays closed while fewer calls have failed than say anything", () => {
    const { fail, states } = createCircuit();
    fail(9);
    expect(states).toEqual([]);
  });

  test("opens when half of the calls failed, and says when to come back", () => {
    const { call, fail, states } = createCircuit();
    for (let n = 0; n < 5; n++) call("success");
    fail(5);
    expect(states).toEqual(["open"]);
    expect(() => call("success")).toThrow(new CircuitOpenError(2_000));
  });

  test("does not count calls that were given up, nor those that have left the window", () => {
    const { clock, call, fail, states } = createCircuit();
    fail(9);
    for (let n = 0; n < 9; n++) call("unknown");
    clock.advance(10_001);
    fail(9);
    expect(states).toEqual([]);
  });

  test("lets one probe at a time through after that, and closes after two that went well", () => {
    const { clock, breaker, call, fail, states } = createCircuit();
    fail(10);
    clock.advance(2_000);
    const probe = breaker.pass(false);
    expect(() => call("success")).toThrow(new CircuitOpenError(1_000));
    probe("success");
    call("success");
    expect(states).toEqual(["open", "half-open", "closed"]);
  });

  test("lets the next one probe when a probe was given up", () => {
    const { clock, breaker, call, fail } = createCircuit();
    fail(10);
    clock.advance(2_000);
    breaker.pass(false)("unknown");
    expect(() => call("success")).not.toThrow();
  });

  test("stays open longer each time that a probe fails, up to a bound", () => {
    const { clock, call, fail } = createCircuit();
    fail(10);
    for (const openMs of [2_000, 4_000, 8_000, 8_000]) {
      expect(() => call("success")).toThrow(new CircuitOpenError(openMs));
      clock.advance(openMs);
      call("failure");
    }
  });

  test("spreads its probes by chance", () => {
    const { call, fail } = createCircuit(0);
    fail(10);
    expect(() => call("success")).toThrow(new CircuitOpenError(1_000));
  });

  test("never holds back a critical call, and closes by what those find out", () => {
    const { call, fail, states } = createCircuit();
    fail(10);
    call("failure", true);
    call("success", true);
    call("success", true);
    expect(states).toEqual(["open", "closed"]);
  });

  test("learns nothing from calls that began before it opened", () => {
    const { breaker, fail, states } = createCircuit();
    const before = [breaker.pass(false), breaker.pass(false)];
    fail(10);
    for (const end of before) end("success");
    expect(states).toEqual(["open"]);
  });
});

type Step =
  | { readonly kind: "advance"; readonly ms: number }
  | { readonly kind: "call" | "begin"; readonly isCritical: boolean; readonly outcome: CallOutcome }
  | { readonly kind: "end"; readonly pick: number; readonly outcome: CallOutcome };

const outcome = fc.constantFrom<CallOutcome>("success", "failure", "failure", "unknown");
const call = fc.record({ kind: fc.constantFrom("call", "call", "begin"), isCritical: fc.boolean(), outcome });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("advance"), ms: fc.integer({ min: 1, max: 4_000 }) }) },
    { weight: 4, arbitrary: call },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("end"), pick: fc.nat(), outcome }) },
  ),
  { minLength: 50, maxLength: 200 },
);

/** So few calls that chance comes by all there is. */
const MODEL: CircuitSettings = { ...SETTINGS, minimumCalls: 4 };
const EDGES = ["closed>open", "open>half-open", "open>closed", "half-open>open", "half-open>closed"];

/** Plays steps against a circuit, and checks each against what a slow and simple book-keeping says. */
class Play {
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

test("whatever happens: opens exactly when too much failed, probes singly, never refuses a critical call, and recovers", () => {
  fc.assert(
    fc.property(steps, fc.double({ min: 0, max: 1, noNaN: true }), (all, random) => {
      const play = new Play(random);
      for (const step of all) play.take(step);
      play.recover();
    }),
    { numRuns: 500 },
  );
});

test("the property above meets every change of state", () => {
  const seen = new Set<string>();
  for (const all of fc.sample(steps, { numRuns: 100, seed: 1 })) {
    const play = new Play(1);
    for (const step of all) play.take(step);
    for (const edge of play.edges) seen.add(edge);
  }
  expect([...seen].toSorted()).toEqual(EDGES.toSorted());
});

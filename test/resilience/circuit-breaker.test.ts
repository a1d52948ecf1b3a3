import { describe, expect, test } from "@jest/globals";
import {
  type CallOutcome,
  CircuitBreaker,
  CircuitOpenError,
  type CircuitSettings,
  type CircuitState,
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

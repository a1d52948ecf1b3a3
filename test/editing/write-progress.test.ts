import { expect, test } from "@jest/globals";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import { WriteFlight } from "../../src/editing/write-flight.js";
import { WriteOutcome } from "../../src/editing/write-outcome.enum.js";
import { WriteProgress } from "../../src/editing/write-progress.js";
import { type WritesContext, written } from "../../src/editing/writes.context.js";
import { HeldClock } from "../support/held-clock.js";

const DESCRIPTION = { operation: { name: "send" }, what: "send it", body: {}, noSuch: "it", advice: "Look." } as never;
const THROTTLED = { kind: "throttled", retryAfterMs: 100, klaviyoErrorId: undefined } as const;

/** All that the code under test touches. */
function dependencies(clock: HeldClock) {
  return {
    clock,
    random: () => 1,
    deadlineMs: 15_000,
    running: { track: <T>(work: T) => work },
  } as never as WritesContext["writes"];
}

test("a write that Klaviyo said it had not executed, and that looks as if it had, is not told as refused", async () => {
  const clock = new HeldClock();
  const progress = new WriteProgress(clock);
  const caller = progress.callers.join(10_000);
  const flight = new WriteFlight({ ...dependencies(clock), caller: "a", patienceMs: Infinity, progress });
  const refuse = async () => {
    throw new KlaviyoError("send", THROTTLED);
  };
  expect(await flight.ask(DESCRIPTION, refuse, async () => "doubt")).toEqual({ kind: "unknown", failure: THROTTLED });
  progress.callers.leave(caller);
  expect(progress.soFar()?.outcome).toBe(WriteOutcome.UNKNOWN);
});

test("a client that has left does not have anything asked again that it joins", async () => {
  const clock = new HeldClock();
  const progress = new WriteProgress(clock);
  const context = {
    writes: dependencies(clock),
    callerKey: "a",
    writeTimeMs: () => 0,
    patienceMs: () => Infinity,
    onWrite: async () => {},
  } as never as WritesContext;
  const verdict = { outcome: WriteOutcome.REFUSED, problem: null };
  const told = written(context, {
    run: async () => {
      expect(progress.callers.areGone).toBe(true);
      return verdict as never;
    },
    payloadOf: (known) => known as never,
    about: () => ({ write: "send" }),
    progress,
  });
  expect(await told).toBe(verdict);
});

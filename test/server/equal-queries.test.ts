import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { Deadline } from "../../src/resilience/deadline.js";
import type { RootResults } from "../../src/compiled/root-results.js";
import { type CompiledAnswer, EqualQueries } from "../../src/server/equal-queries.js";
import { RequestWait } from "../../src/server/request-wait.js";
import { HeldClock } from "../support/held-clock.js";

/** A request whose client the test lets leave. */
function createRequest(clock: HeldClock) {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  const wait = new RequestWait(response, new Deadline(clock, 5_000));
  const leave = () => response.destroy();
  const left = new Promise((resolve) => response.once("close", resolve));
  return { wait, leave, left };
}

type Request = ReturnType<typeof createRequest>;

function createStage() {
  const clock = new HeldClock(false);
  const spared: string[] = [];
  const queries = new EqualQueries<Request>({
    clock,
    viewerOf: () => "anybody",
    epochOf: () => 0,
    readsOf: () => [],
    waitOf: ({ wait }) => wait,
    onRun: (end) => spared.push(end),
  });
  const made: ((text: string) => void)[] = [];
  const make = () =>
    new Promise<CompiledAnswer>((resolve) => made.push((text) => resolve({ text, results: new Map() })));
  const ask = async (request = createRequest(clock)) =>
    (await queries.answer({ number: 1, variables: {}, context: request }, make)).text;
  const item = Promise.withResolvers<never>();
  const results: RootResults = new Map([["entities", Promise.resolve([item.promise])]]);
  const askInVain = async () => {
    const query = { number: 2, variables: {}, context: createRequest(clock) };
    return (await queries.answer(query, async () => ({ text: undefined, results }))).results;
  };
  return { clock, spared, made, ask, askInVain, item, results };
}

describe("an answer under way", () => {
  test("is joined by nobody when all who waited for it have left", async () => {
    const { clock, made, ask, spared } = createStage();
    const one = createRequest(clock);
    const first = ask(one);
    one.leave();
    await one.left;
    const second = ask();
    expect(made).toHaveLength(2);
    made[1]?.("second");
    made[0]?.("first");
    expect(await Promise.all([first, second])).toEqual(["first", "second"]);
    expect(spared).toEqual([]);
  });

  test("is the newer one's also when the older one ends", async () => {
    const { clock, made, ask } = createStage();
    const first = ask();
    clock.advance(1_001);
    const second = ask();
    made[0]?.("first");
    expect(await first).toBe("first");
    const third = ask();
    made[1]?.("second");
    expect(await Promise.all([second, third])).toEqual(["second", "second"]);
    expect(made).toHaveLength(2);
  });

  test("leaves no timer behind", async () => {
    const { clock, made, ask } = createStage();
    const both = [ask(), ask()];
    expect(clock.pendingCount).toBe(1);
    made[0]?.("one");
    expect(await Promise.all(both)).toEqual(["one", "one"]);
    expect(clock.pendingCount).toBe(0);
  });

  test("is over for one who had left before", async () => {
    const { clock, made, ask } = createStage();
    const [one, other] = [createRequest(clock), createRequest(clock)];
    other.leave();
    await other.left;
    const both = [ask(one), ask(other)];
    one.leave();
    await one.left;
    expect(one.wait.signal.aborted).toBe(true);
    made[0]?.("late");
    expect(await Promise.all(both)).toEqual(["late", "late"]);
  });

  test("is over when the last one has left, whoever that is", async () => {
    const { clock, made, ask } = createStage();
    const [one, other, another] = [createRequest(clock), createRequest(clock), createRequest(clock)];
    const all = [ask(one), ask(other), ask(another)];
    const { signal } = one.wait;
    for (const { leave, left } of [one, another]) {
      leave();
      await left;
      expect(signal.aborted).toBe(false);
    }
    other.leave();
    await other.left;
    expect(signal.aborted).toBe(true);
    made[0]?.("late");
    expect(await Promise.all(all)).toEqual(["late", "late", "late"]);
  });

  test("that led nowhere is shared when all that its root fields answer is there", async () => {
    const { clock, askInVain, item, results } = createStage();
    const [first, second] = [askInVain(), askInVain()];
    expect(await first).toBe(results);
    item.reject(new Error("no"));
    expect(await second).toBe(results);
    expect(clock.pendingCount).toBe(0);
  });

  test("that led nowhere is waited for no longer than there is time", async () => {
    const { clock, askInVain, results } = createStage();
    const [first, second] = [askInVain(), askInVain()];
    expect(await first).toBe(results);
    await new Promise(setImmediate);
    clock.advance(5_000);
    expect((await second).size).toBe(0);
  });
});

import { describe, expect, test } from "@jest/globals";
import { Run } from "../../src/compiled/run.js";

const createRun = () => new Run({}, {}, new Map());
/** All that is due has happened. */
const idle = () => new Promise(setImmediate);

describe("a run is settled", () => {
  test("when all that it awaits is there, also what turned up meanwhile", async () => {
    const run = createRun();
    const inner = Promise.withResolvers<string>();
    const seen: unknown[] = [];
    run.await(Promise.resolve("one"), (one) => {
      seen.push(one);
      run.await(inner.promise, (two) => seen.push(two));
    });
    run.await(Promise.resolve("other"), (other) => seen.push(other));
    let isSettled = false;
    const settled = Promise.resolve(run.outcome("made")).then((made) => (isSettled = made === "made"));
    await idle();
    expect([isSettled, seen]).toEqual([false, ["one", "other"]]);
    inner.resolve("two");
    await settled;
    expect([seen, run.hasLeft]).toEqual([["one", "other", "two"], false]);
  });

  test("at once when there is nothing to wait for", () => {
    expect(createRun().outcome("made")).toBe("made");
  });

  test("as soon as it is left, and begins nothing new", async () => {
    const run = createRun();
    const late = Promise.withResolvers<string>();
    const seen: unknown[] = [];
    run.await(Promise.reject(new Error("no")), () => {});
    run.await(late.promise, (value) => seen.push(value));
    expect(await run.outcome("made")).toBeUndefined();
    late.resolve("late");
    await idle();
    expect([seen, run.hasLeft]).toEqual([[], true]);
  });

  test("as soon as it is left by a value that is there already", async () => {
    const run = createRun();
    run.await(new Promise(() => {}), () => {});
    run.leave();
    expect(await run.outcome("made")).toBeUndefined();
  });
});

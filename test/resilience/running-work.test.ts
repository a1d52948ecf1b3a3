import { expect, test } from "@jest/globals";
import { RunningWork } from "../../src/resilience/running-work.js";

function open() {
  return Promise.withResolvers<void>();
}

test("work is counted until it ends, well or not", async () => {
  const running = new RunningWork();
  const [one, two] = [open(), open()];
  void running.track(one.promise);
  const failing = running.track(two.promise);
  expect(running.count).toBe(2);
  one.resolve();
  two.reject(new Error("failed"));
  await expect(failing).rejects.toThrow("failed");
  await running.settled();
  expect(running.count).toBe(0);
});

test("its end is awaited, with what was begun meanwhile and what follows right after", async () => {
  const running = new RunningWork();
  const [first, meanwhile, next] = [open(), open(), open()];
  const ended: string[] = [];
  void running.track(first.promise);
  const settled = running.settled().then(() => ended.push("settled"));
  void running.track(meanwhile.promise);
  first.resolve();
  await first.promise;
  expect(running.count).toBe(1);
  // What follows begins within a turn of the event loop after the last one has ended.
  void meanwhile.promise.then(() => setImmediate(() => running.track(next.promise.then(() => ended.push("next")))));
  meanwhile.resolve();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(ended).toEqual([]);
  next.resolve();
  await settled;
  expect(ended).toEqual(["next", "settled"]);
});

test("where nothing runs, there is nothing to wait for", async () => {
  await expect(new RunningWork().settled()).resolves.toBeUndefined();
});

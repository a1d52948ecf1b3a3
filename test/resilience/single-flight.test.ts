import { describe, expect, test } from "@jest/globals";
import { DeadlineExceededError } from "../../src/resilience/deadline.js";
import { type FlightKey, type FlightLimits, type Sharer, SingleFlight } from "../../src/resilience/single-flight.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

const KEY: FlightKey = { name: "key", generation: 0 };

/** A flight whose work the test ends by hand. */
function createFlights() {
  const clock = new HeldClock(false);
  const flights = new SingleFlight<string>(clock);
  const works: { limits: FlightLimits; resolve: (value: string) => void; reject: (error: Error) => void }[] = [];
  const join = (sharer: Partial<Sharer> = {}, key: FlightKey = KEY) =>
    flights.join(
      key,
      { remainingMs: 1_000, ...sharer },
      (limits) => new Promise((resolve, reject) => works.push({ limits, resolve, reject })),
    );
  return { clock, flights, works, join };
}

const GONE = new Error("gone");

describe("work of one key", () => {
  test("is done once for all who ask while it runs, and anew for those who ask later", async () => {
    const { works, join, flights } = createFlights();
    const both = Promise.all([join(), join(), join({}, { ...KEY, name: "another" })]);
    await until(() => works.length === 2);
    works[0]?.resolve("one");
    works[1]?.resolve("other");
    expect(await both).toEqual(["one", "one", "other"]);
    expect(flights.has(KEY)).toBe(false);
    void join();
    await until(() => works.length === 3);
  });

  test("is not what those want who ask in a later generation, nor what theirs is ended by", async () => {
    const { works, join, flights } = createFlights();
    const later = { ...KEY, generation: 1 };
    const first = join();
    expect(flights.has(later)).toBe(false);
    const second = join({}, later);
    await until(() => works.length === 2);
    works[0]?.resolve("old");
    expect(await first).toBe("old");
    const third = join({}, later);
    works[1]?.resolve("new");
    expect(await Promise.all([second, third])).toEqual(["new", "new"]);
    expect(works).toHaveLength(2);
  });

  test("that throws before it has begun fails, and is begun anew for those who ask later", async () => {
    const { clock, flights } = createFlights();
    const broken = () => {
      throw GONE;
    };
    await expect(flights.join(KEY, { remainingMs: 1_000 }, broken)).rejects.toBe(GONE);
    expect([flights.has(KEY), clock.pendingCount]).toEqual([false, 0]);
    expect(await flights.join(KEY, { remainingMs: 1_000 }, async () => "done")).toBe("done");
  });

  test("fails for all of them alike", async () => {
    const { works, join } = createFlights();
    const both = Promise.allSettled([join(), join()]);
    await until(() => works.length === 1);
    works[0]?.reject(GONE);
    expect((await both).map((result) => result.status === "rejected" && result.reason)).toEqual([GONE, GONE]);
  });

  test("goes on when one of two leaves, and ends when both have", async () => {
    const { works, join, flights } = createFlights();
    const [a, b] = [new AbortController(), new AbortController()];
    const first = join({ signal: a.signal });
    const second = join({ signal: b.signal });
    await until(() => works.length === 1);
    a.abort(GONE);
    await expect(first).rejects.toBe(GONE);
    expect(works[0]?.limits.signal.aborted).toBe(false);
    b.abort(GONE);
    await expect(second).rejects.toBe(GONE);
    expect(works[0]?.limits.signal.reason).toBe(GONE);
    expect(flights.has(KEY)).toBe(false);
  });

  test("is shared with those who come later also where an earlier one, which all had left, ends meanwhile", async () => {
    const { works, join } = createFlights();
    const leaving = new AbortController();
    const left = join({ signal: leaving.signal });
    await until(() => works.length === 1);
    leaving.abort(GONE);
    await expect(left).rejects.toBe(GONE);
    const second = join();
    await until(() => works.length === 2);
    works[0]?.resolve("of nobody");
    await new Promise(setImmediate);
    const third = join();
    works[1]?.resolve("one");
    expect(await Promise.all([second, third])).toEqual(["one", "one"]);
    expect(works).toHaveLength(2);
  });

  test("is not begun for somebody who has left already", async () => {
    const { works, join, flights } = createFlights();
    await expect(join({ signal: AbortSignal.abort(GONE) })).rejects.toBe(GONE);
    expect([works.length, flights.has(KEY)]).toEqual([0, false]);
  });

  test("is waited for by each within its own time, and has the time of the one who can wait longest", async () => {
    const { clock, works, join } = createFlights();
    const short = join({ remainingMs: 100 });
    const long = join({ remainingMs: 5_000 });
    await until(() => works.length === 1);
    expect(works[0]?.limits.remainingMs).toBe(5_000);
    clock.advance(100);
    await expect(short).rejects.toBeInstanceOf(DeadlineExceededError);
    expect(works[0]?.limits.signal.aborted).toBe(false);
    works[0]?.resolve("in time");
    expect(await long).toBe("in time");
    expect(clock.pendingCount).toBe(0);
  });

  test("tells the last one itself how far it had got when the time is up", async () => {
    const { clock, works, join } = createFlights();
    const only = join({ remainingMs: 100 });
    await until(() => works.length === 1);
    clock.advance(100);
    expect(works[0]?.limits.signal.reason).toBeInstanceOf(DeadlineExceededError);
    works[0]?.reject(GONE);
    await expect(only).rejects.toBe(GONE);
  });

  test("is begun anew after it was left, whatever becomes of the old", async () => {
    const { works, join, flights } = createFlights();
    const controller = new AbortController();
    const left = join({ signal: controller.signal }).catch(() => "left");
    await until(() => works.length === 1);
    controller.abort(GONE);
    const next = join();
    await until(() => works.length === 2);
    works[0]?.reject(GONE);
    expect(await left).toBe("left");
    await until(() => flights.has(KEY));
    works[1]?.resolve("new");
    expect(await next).toBe("new");
  });
});

import { describe, expect, test } from "@jest/globals";
import { MemoryStatistics } from "../../src/statistics/memory-statistics.js";
import { LONGEST_KEPT_MS } from "../../src/statistics/statistics-store.js";
import { HeldClock } from "../support/held-clock.js";

const nothing = (ageMs = 0) => ({ rows: [], ageMs });

describe("statistics in memory", () => {
  test("are found under their keys, in the order of the question, with the age that they have come to", () => {
    const clock = new HeldClock();
    const store = new MemoryStatistics(clock);
    store.keep(new Map([["a", nothing(5)]]));
    clock.advance(10);
    store.keep(new Map([["b", nothing()]]));
    expect(store.find(["b", "none", "a"])).toEqual([nothing(0), undefined, nothing(15)]);
  });

  test("are found for a day and no longer", () => {
    const clock = new HeldClock();
    const store = new MemoryStatistics(clock);
    store.keep(new Map([["a", nothing()]]));
    clock.advance(LONGEST_KEPT_MS);
    expect(store.find(["a"])).toEqual([nothing(LONGEST_KEPT_MS)]);
    clock.advance(1);
    expect(store.find(["a"])).toEqual([undefined]);
  });

  test("are bounded: those go that nobody has read for longest", () => {
    const store = new MemoryStatistics(new HeldClock(), 2);
    store.keep(new Map(["a", "b"].map((key) => [key, nothing()])));
    store.find(["a"]);
    store.keep(new Map([["c", nothing()]]));
    expect(store.find(["a", "b", "c"])).toEqual([nothing(), undefined, nothing()]);
  });
});

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { EDGES, Play, steps } from "./circuit-play.js";

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

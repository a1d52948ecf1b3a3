import fc from "fast-check";

/** Decisions that fast-check makes and, when something has been found, makes smaller. */
export interface Draw {
  /** 0 to one less than `count`; 0 is what it shrinks to. */
  below(count: number): number;
  /** True in one of so many cases. */
  oneIn(count: number): boolean;
  pick<T>(items: readonly T[]): T;
  /** @param arbitrary always the same function: fast-check tells by it which decision is which when it makes them smaller */
  from<T>(arbitrary: () => fc.Arbitrary<T>): T;
}

export function drawFrom(generate: fc.GeneratorValue): Draw {
  const below = (count: number) => generate(fc.integer, { min: 0, max: count - 1 });
  return {
    below,
    oneIn: (count) => below(count) === count - 1,
    pick: (items) => items[below(items.length)] as (typeof items)[number],
    from: (arbitrary) => generate(arbitrary),
  };
}

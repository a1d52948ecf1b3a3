/** What V8 did about garbage for a while. */
export interface Garbage {
  /** What was allocated between collections. */
  readonly allocatedKib: number;
  /** What outlived the young collector, and is left to the old one. */
  readonly promotedKib: number;
  /** For how long all else stood still. */
  readonly pausedUs: number;
}

/** A collection, as `--trace-gc-nvp` tells of it: sizes in bytes, times in ms. */
interface Collection {
  readonly allocated: number;
  readonly promoted: number;
  readonly pause: number;
}

/** @param log of `--trace-gc-nvp`, or a part of it that begins at a line */
export function garbageIn(log: string): Garbage {
  const collections = [...log.matchAll(/GC: (\{.*\})$/gm)].map(([, json = ""]) => JSON.parse(json) as Collection);
  const sum = (of: (one: Collection) => number) => collections.reduce((total, one) => total + of(one), 0);
  return {
    allocatedKib: sum(({ allocated }) => allocated) / 1_024,
    promotedKib: sum(({ promoted }) => promoted) / 1_024,
    pausedUs: sum(({ pause }) => pause) * 1_000,
  };
}

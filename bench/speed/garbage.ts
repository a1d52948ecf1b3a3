/** A line of `--trace-gc`: what was in use before a collection and after it, in MB. */
const COLLECTION = /: (?:Scavenge|Mark-Compact)[^\n]*? ([\d.]+) \([\d.]+\) -> ([\d.]+) \([\d.]+\) MB/g;

/** How many collections of garbage a log of `--trace-gc` tells of. */
export function collectionsIn(log: string): number {
  return [...log.matchAll(COLLECTION)].length;
}

/**
 * What was allocated, in KiB: what one collection left, the next one finds, and all that is new.
 * @param since how many collections there had been before; the first one of all tells nothing of what is new
 */
export function allocatedKib(log: string, since: number): number {
  const collections = [...log.matchAll(COLLECTION)].map(
    ([, before, after]) => [Number(before), Number(after)] as const,
  );
  return collections.reduce((sum, [before], at) => {
    const left = collections[at - 1]?.[1];
    return at < since || left === undefined ? sum : sum + (before - left) * 1_024;
  }, 0);
}

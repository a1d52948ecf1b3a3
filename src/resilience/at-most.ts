/**
 * Bounds an `LRUCache` by how many entries it holds. By its own `max` it takes the room for all of them when it is made; this way it
 * grows with what is in it, and a start has less to do.
 */
export function atMost(entries: number): { readonly maxSize: number; readonly sizeCalculation: () => number } {
  return { maxSize: entries, sizeCalculation: () => 1 };
}

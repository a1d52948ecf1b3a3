/** A value out of Redis, and how long ago it was asked for. */
export interface KeptValue {
  readonly value: unknown;
  readonly ageMs: number;
}

/**
 * Reads what was kept as JSON. The clocks of replicas differ, so nothing says when it was kept: how long Redis is going to keep it, out of
 * how long such values are kept, says how old it is. What nobody of ours can have written is nothing.
 * @param leftMs as Redis says it: not above 0 where the key is gone or never expires
 */
export function readKept(text: unknown, leftMs: unknown, keptMs: number): KeptValue | undefined {
  if (typeof text !== "string" || typeof leftMs !== "number" || leftMs <= 0 || leftMs > keptMs) return undefined;
  try {
    return { value: JSON.parse(text), ageMs: keptMs - leftMs };
  } catch {
    return undefined;
  }
}

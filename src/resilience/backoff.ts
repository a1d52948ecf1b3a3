export interface Backoff {
  readonly firstMs: number;
  readonly maximumMs: number;
  readonly factor: number;
}

/**
 * The pause before repetition `attempt` (1 is the first): anything from nothing to a limit that grows. Full jitter is what parts
 * those who failed together the soonest; see docs/adr/0025-full-jitter.md.
 * @param random 0 to 1
 */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  return Math.round(limitMs(backoff, attempt) * random);
}

/**
 * How long something is left alone, the `times`th time on end. Half of it is certain: a rest that may be none would be no rest.
 * @param random 0 to 1
 */
export function restMs(backoff: Backoff, times: number, random: number): number {
  return Math.round((limitMs(backoff, times) * (1 + random)) / 2);
}

function limitMs({ firstMs, maximumMs, factor }: Backoff, attempt: number): number {
  return Math.min(maximumMs, firstMs * factor ** (attempt - 1));
}

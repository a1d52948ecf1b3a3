export interface Backoff {
  readonly firstMs: number;
  readonly maximumMs: number;
  readonly factor: number;
}

/**
 * The pause before repetition `attempt` (1 is the first): exponential, capped, and jittered over its upper half.
 * @param random 0 to 1
 */
export function backoffMs(backoff: Backoff, attempt: number, random: number): number {
  const full = Math.min(backoff.maximumMs, backoff.firstMs * backoff.factor ** (attempt - 1));
  // Jitter spreads the callers that failed together; the lower bound keeps them from retrying at once.
  return Math.round(full / 2 + (full / 2) * random);
}

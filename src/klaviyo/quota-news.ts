import type { QuotaNews } from "../resilience/call-ledger.js";
import type { HttpResponse } from "./exchange.js";
import type { KlaviyoFailure } from "./failure.js";

/**
 * What an answer says about the quota of its endpoint. `RateLimit-Limit`, `-Remaining` and `-Reset` (seconds) are about the minute and
 * stand in every answer but a 429, which has a term instead.
 */
export function quotaNewsOf(response: HttpResponse | undefined, failure: KlaviyoFailure | undefined): QuotaNews {
  if (failure?.kind === "throttled") return { throttledMs: failure.retryAfterMs ?? 0 };
  const resetSeconds = countIn(response, "ratelimit-reset");
  return {
    limit: countIn(response, "ratelimit-limit"),
    remaining: countIn(response, "ratelimit-remaining"),
    resetMs: resetSeconds === undefined ? undefined : resetSeconds * 1_000,
  };
}

function countIn(response: HttpResponse | undefined, name: string): number | undefined {
  const value = response?.headers[name];
  return typeof value === "string" && /^\d{1,6}$/.test(value) ? Number(value) : undefined;
}

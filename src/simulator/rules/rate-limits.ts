import { ApiError } from "../http/api-error.js";

/** What an endpoint allows per account: `burst` in a second, `steady` in a minute, `daily` in a day. */
export interface RateLimit {
  readonly burst: number;
  readonly steady: number;
  readonly daily?: number;
}

/** A bucket of requests and what goes into it. */
export interface Quota {
  readonly name: string;
  readonly limit: RateLimit;
}

interface Window {
  readonly key: string;
  readonly lengthMs: number;
  readonly allowed: number;
  readonly index: number;
  readonly used: number;
}

const BURST_MS = 1_000;
const STEADY_MS = 60_000;
const DAY_MS = 86_400_000;
const HELP_URL = "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits";

/** Fixed windows per endpoint. A8: they begin at whole seconds, minutes and days (UTC) of the clock. */
export class RateLimits {
  readonly #counts = new Map<string, { readonly index: number; readonly used: number }>();

  /**
   * Counts a request in every quota that it uses and returns the headers of its answer.
   * A8: a request that is refused does not count; the headers describe the smallest steady window.
   */
  take(quotas: readonly Quota[], nowMs: number): Readonly<Record<string, string>> {
    const windows = quotas.flatMap((quota) => this.#windowsOf(quota, nowMs));
    const full = windows.filter(({ used, allowed }) => used >= allowed);
    const waitMs = Math.max(0, ...full.map(({ lengthMs }) => untilNextMs(lengthMs, nowMs)));
    if (waitMs > 0) throw throttled(Math.ceil(waitMs / 1000));
    for (const { key, index, used } of windows) this.#counts.set(key, { index, used: used + 1 });
    return headersOf(windows, nowMs);
  }

  #windowsOf({ name, limit }: Quota, nowMs: number): readonly Window[] {
    const lengths = [
      [BURST_MS, limit.burst],
      [STEADY_MS, limit.steady],
      [DAY_MS, limit.daily ?? Infinity],
    ] as const;
    return lengths.map(([lengthMs, allowed]) => {
      const key = `${name} ${lengthMs}`;
      const index = Math.floor(nowMs / lengthMs);
      const known = this.#counts.get(key);
      return { key, lengthMs, allowed, index, used: known?.index === index ? known.used : 0 };
    });
  }
}

function headersOf(windows: readonly Window[], nowMs: number): Readonly<Record<string, string>> {
  const steady = windows.filter(({ lengthMs }) => lengthMs === STEADY_MS);
  const smallest = steady.reduce((least, window) => (window.allowed < least.allowed ? window : least));
  return {
    "RateLimit-Limit": String(smallest.allowed),
    "RateLimit-Remaining": String(smallest.allowed - smallest.used - 1),
    "RateLimit-Reset": String(Math.ceil(untilNextMs(STEADY_MS, nowMs) / 1000)),
  };
}

function untilNextMs(lengthMs: number, nowMs: number): number {
  return (Math.floor(nowMs / lengthMs) + 1) * lengthMs - nowMs;
}

function throttled(seconds: number): ApiError {
  const unit = seconds === 1 ? "second" : "seconds";
  return new ApiError({
    status: 429,
    code: "throttled",
    title: "Request was throttled.",
    detail: `Request was throttled. Expected available in ${seconds} ${unit}.`,
    headers: { "Retry-After": String(seconds) },
    helpUrl: HELP_URL,
  });
}

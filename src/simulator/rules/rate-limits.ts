import { ApiError } from "../http/api-error.js";

/** What an endpoint allows per account: `burst` in a second, `steady` in a minute. */
export interface RateLimit {
  readonly burst: number;
  readonly steady: number;
}

interface Window {
  readonly index: number;
  readonly used: number;
}

const BURST_MS = 1_000;
const STEADY_MS = 60_000;
const HELP_URL = "https://developers.klaviyo.com/en/docs/rate_limits_and_error_handling#rate-limits";

/** Fixed windows per endpoint. A8: they begin at whole seconds and minutes of the clock. */
export class RateLimits {
  readonly #windows = new Map<string, Window>();

  /**
   * Counts a request and returns the headers of its answer, which describe the steady window.
   * A8: a request that is refused does not count.
   */
  take(operation: string, limit: RateLimit, nowMs: number): Readonly<Record<string, string>> {
    const burst = this.#window(operation, BURST_MS, nowMs);
    const steady = this.#window(operation, STEADY_MS, nowMs);
    const waitsMs = [
      burst.used < limit.burst ? 0 : untilNextMs(BURST_MS, nowMs),
      steady.used < limit.steady ? 0 : untilNextMs(STEADY_MS, nowMs),
    ];
    const waitMs = Math.max(...waitsMs);
    if (waitMs > 0) throw throttled(Math.ceil(waitMs / 1000));
    this.#count(operation, BURST_MS, burst);
    this.#count(operation, STEADY_MS, steady);
    return {
      "RateLimit-Limit": String(limit.steady),
      "RateLimit-Remaining": String(limit.steady - steady.used - 1),
      "RateLimit-Reset": String(Math.ceil(untilNextMs(STEADY_MS, nowMs) / 1000)),
    };
  }

  #window(operation: string, lengthMs: number, nowMs: number): Window {
    const index = Math.floor(nowMs / lengthMs);
    const known = this.#windows.get(`${operation} ${lengthMs}`);
    return known?.index === index ? known : { index, used: 0 };
  }

  #count(operation: string, lengthMs: number, { index, used }: Window): void {
    this.#windows.set(`${operation} ${lengthMs}`, { index, used: used + 1 });
  }
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

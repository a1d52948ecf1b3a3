import type { KlaviyoFailure } from "./failure.js";

/** What a failure means to somebody outside: the part of the public vocabulary that is about Klaviyo. */
export type UpstreamCode =
  | "RATE_LIMITED"
  | "FORBIDDEN"
  | "UPSTREAM_UNAUTHORIZED"
  | "UPSTREAM_TIMEOUT"
  | "UPSTREAM_UNAVAILABLE"
  | "UPSTREAM_REFUSED"
  | "UPSTREAM_INVALID_RESPONSE";

export function upstreamCodeOf(failure: KlaviyoFailure): UpstreamCode {
  switch (failure.kind) {
    case "not-sent":
      return failure.cause === "timeout" ? "UPSTREAM_TIMEOUT" : "UPSTREAM_UNAVAILABLE";
    case "held-back":
      return failure.cause === "rate-limit" ? "RATE_LIMITED" : "UPSTREAM_UNAVAILABLE";
    case "timeout":
      return "UPSTREAM_TIMEOUT";
    case "connection-lost":
    case "unavailable":
      return "UPSTREAM_UNAVAILABLE";
    case "throttled":
      return "RATE_LIMITED";
    case "refused":
      return refusalCodeOf(failure.status, failure.code);
    case "invalid-response":
      return "UPSTREAM_INVALID_RESPONSE";
  }
}

// Klaviyo's pages disagree on whether a missing or wrong key is a 400 or a 401; the code names it either way.
const CREDENTIAL_CODES: ReadonlySet<string | undefined> = new Set(["not_authenticated", "authentication_failed"]);

function refusalCodeOf(status: number, code: string | undefined): UpstreamCode {
  if (status === 401 || CREDENTIAL_CODES.has(code)) return "UPSTREAM_UNAUTHORIZED";
  if (status === 403) return "FORBIDDEN";
  return "UPSTREAM_REFUSED";
}

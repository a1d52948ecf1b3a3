import type { KlaviyoFailure } from "./failure.js";
import type { Operation } from "./operations.js";
import { type UpstreamCode, upstreamCodeOf } from "./upstream-code.js";

/**
 * A clause for people outside: why a call of `operation` did not work. It stands in the middle of a sentence.
 * @param operation undefined where what failed was no call of a declared operation
 */
export function reasonOf(failure: KlaviyoFailure, operation: Operation | undefined): string {
  if (failure.kind === "not-sent" && failure.cause === "timeout") return "there was no time to ask Klaviyo";
  return REASONS[upstreamCodeOf(failure)](operation);
}

const REASONS: Readonly<Record<UpstreamCode, (operation: Operation | undefined) => string>> = {
  RATE_LIMITED: () => "Klaviyo's rate limit is used up",
  FORBIDDEN: (operation) => `the Klaviyo key or token lacks the scope ${operation?.scopes.join(" ") ?? "for this"}`,
  UPSTREAM_UNAUTHORIZED: () => "Klaviyo refused the API key or token that it was asked with",
  UPSTREAM_TIMEOUT: () => "Klaviyo did not answer in time",
  UPSTREAM_UNAVAILABLE: () => "Klaviyo could not be reached or answered with a server error",
  UPSTREAM_REFUSED: () => "Klaviyo refused what the gateway asked for",
  UPSTREAM_INVALID_RESPONSE: () => "what answered does not speak Klaviyo's API as it is known here",
};

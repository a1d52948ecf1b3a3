/** How a call to Klaviyo ended when it did not succeed. Nothing in it comes from the body but Klaviyo's error id and code. */
export type KlaviyoFailure =
  /** Provably never left the gateway: no connection, no name, no valid certificate, or the time was up before it was written. */
  | { readonly kind: "not-sent"; readonly cause: "unreachable" | "timeout" }
  /** Never left the gateway, which knows better than to ask before that: the limit is used up, or Klaviyo is down. */
  | { readonly kind: "held-back"; readonly cause: "rate-limit" | "circuit"; readonly retryAfterMs: number }
  /** It left, and the time was up before the answer was complete. */
  | { readonly kind: "timeout" }
  /** It left, and the connection broke before the answer was complete. */
  | { readonly kind: "connection-lost" }
  /** HTTP 429: not executed. `retryAfterMs` is undefined when Klaviyo did not say. */
  | {
      readonly kind: "throttled";
      readonly retryAfterMs: number | undefined;
      readonly klaviyoErrorId: string | undefined;
    }
  /** Any other 4xx with a JSON:API error: not executed. */
  | {
      readonly kind: "refused";
      readonly status: number;
      readonly code: string | undefined;
      /** What Klaviyo found fault with, such as `revision`, where it says so. */
      readonly source: string | undefined;
      readonly klaviyoErrorId: string | undefined;
    }
  /** HTTP 5xx (and 408), whatever the body. `retryAfterMs` is what a 503 may say. */
  | {
      readonly kind: "unavailable";
      readonly status: number;
      readonly retryAfterMs?: number | undefined;
      readonly klaviyoErrorId: string | undefined;
    }
  /** An answer that is not Klaviyo's API: HTML, a redirect, broken or misshapen JSON, too large, another resource. */
  | { readonly kind: "invalid-response"; readonly status: number; readonly reason: string };

/** One of the things that Klaviyo finds fault with in a write: where in the body it stands, and what is wrong with it. */
export interface Complaint {
  /** A JSON pointer into the request's body, such as `/data/attributes/name`. */
  readonly pointer: string | undefined;
  /** Klaviyo's own words. They may quote what was sent, so they belong into an answer to its sender and into no log. */
  readonly detail: string | undefined;
}

/** The one error that leaves `klaviyo/`. Its message is for logs; code decides by {@link failure} alone. */
export class KlaviyoError extends Error {
  /** @param complaints is apart from the failure, because failures are logged */
  constructor(
    readonly operation: string,
    readonly failure: KlaviyoFailure,
    cause?: unknown,
    readonly complaints: readonly Complaint[] = [],
  ) {
    super(`${operation}: ${describe(failure)}`, { cause });
    this.name = "KlaviyoError";
  }
}

/**
 * Could a write that ended so have been carried out all the same? Klaviyo's answers 3xx and 4xx are given instead of executing;
 * after a 5xx, a lost connection or a time-out nobody knows.
 */
export function mayHaveBeenExecuted(failure: KlaviyoFailure): boolean {
  switch (failure.kind) {
    case "not-sent":
    case "held-back":
    case "throttled":
    case "refused":
      return false;
    case "timeout":
    case "connection-lost":
    case "unavailable":
      return true;
    case "invalid-response":
      return failure.status < 300 || failure.status >= 500;
  }
}

/** When asking again may work; undefined when nobody said. */
export function retryAfterMsOf(failure: KlaviyoFailure): number | undefined {
  return "retryAfterMs" in failure ? failure.retryAfterMs : undefined;
}

export function klaviyoErrorIdOf(failure: KlaviyoFailure): string | undefined {
  return "klaviyoErrorId" in failure ? failure.klaviyoErrorId : undefined;
}

function describe(failure: KlaviyoFailure): string {
  switch (failure.kind) {
    case "not-sent":
      return `not sent (${failure.cause})`;
    case "held-back":
      return `held back (${failure.cause}) for ${failure.retryAfterMs} ms`;
    case "timeout":
      return "sent, no complete answer in time";
    case "connection-lost":
      return "sent, connection lost";
    case "throttled":
      return `throttled, retry after ${failure.retryAfterMs ?? "an unknown number of"} ms`;
    case "refused":
      return `refused with HTTP ${failure.status}${failure.code ? ` (${failure.code})` : ""}`;
    case "unavailable":
      return `HTTP ${failure.status}`;
    case "invalid-response":
      return `HTTP ${failure.status}, ${failure.reason}`;
  }
}

/** The failure that an error stands for. @throws the error itself when it is not a {@link KlaviyoError}: a bug is not an outage */
export function failureIn(error: unknown): KlaviyoFailure {
  if (error instanceof KlaviyoError) return error.failure;
  throw error;
}

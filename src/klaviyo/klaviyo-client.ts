import type { Dispatcher } from "undici";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError, withTimeLimit } from "../resilience/deadline.js";
import { decodeAnswer, failureOf } from "./answer.js";
import { exchange, ExchangeError, type HttpRequest, type HttpResponse } from "./exchange.js";
import { KlaviyoError, type KlaviyoFailure } from "./failure.js";
import type { Operation } from "./operations.js";
import { isResourceId } from "./resource-id.js";
import { type ReadingRevision, type Revision, wireFormOf } from "./revisions.js";

export interface KlaviyoClientOptions {
  /** What writes requests: its owner has set pool sizes and time-outs for connecting, headers and body. */
  readonly dispatcher: Dispatcher;
  /** Klaviyo's origin, such as `https://a.klaviyo.com`. */
  readonly origin: string;
  readonly clock: Clock;
  /** Klaviyo's private key, `pk_...`. It appears in the Authorization header and nowhere else. */
  readonly apiKey: string;
  /** The revision of every call that names none: its shapes are the ones the decoders know. */
  readonly readingRevision: ReadingRevision;
  /** The longest that one attempt may take from call to complete answer. */
  readonly attemptTimeoutMs: number;
  readonly responseLimitBytes: number;
  /** Told of every attempt when it has ended; for logs and metrics. */
  readonly onAttempt: (attempt: Attempt) => void;
}

/** One try of one Klaviyo operation, as it is reported to logs and metrics. */
export interface Attempt {
  readonly operation: string;
  readonly revision: Revision;
  readonly durationMs: number;
  /** HTTP status, as far as there was one. */
  readonly status: number | undefined;
  /** Undefined when the attempt succeeded or was given up by its caller. */
  readonly failure: KlaviyoFailure | undefined;
}

export interface CallOptions {
  readonly id?: string;
  /** Parameters of the query string, not yet encoded, in the order in which they are written. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: unknown;
  readonly revision?: Revision;
  /** The caller's; when it aborts, the call ends with the signal's own reason. */
  readonly signal?: AbortSignal;
  /** What is left of the caller's time, if that is less than an attempt may take. */
  readonly remainingMs?: number;
}

/** Makes one attempt of one operation. It never repeats anything: whether that is safe is for its callers to know. */
export class KlaviyoClient {
  constructor(private readonly options: KlaviyoClientOptions) {}

  /** @returns the decoded JSON document, or undefined where Klaviyo answers without one. @throws KlaviyoError */
  async call(operation: Operation, call: CallOptions): Promise<unknown> {
    const { clock, attemptTimeoutMs, onAttempt } = this.options;
    const revision = call.revision ?? this.options.readingRevision;
    const startedAt = clock.now();
    let status: number | undefined;
    let failure: KlaviyoFailure | undefined;
    try {
      const limitMs = Math.min(attemptTimeoutMs, call.remainingMs ?? attemptTimeoutMs);
      if (limitMs <= 0) throw new ExchangeError(false, new DeadlineExceededError(0));
      const response = await withTimeLimit(clock, limitMs, call.signal, (signal) =>
        this.exchange(operation, call, revision, signal),
      );
      status = response.status;
      return decodeAnswer(operation, response, clock.wallMs());
    } catch (error) {
      call.signal?.throwIfAborted();
      failure = failureOf(error);
      if (!failure) throw error;
      throw error instanceof KlaviyoError ? error : new KlaviyoError(operation.name, failure, error);
    } finally {
      onAttempt({ operation: operation.name, revision, durationMs: clock.now() - startedAt, status, failure });
    }
  }

  private exchange(
    operation: Operation,
    call: CallOptions,
    revision: Revision,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const { dispatcher, origin, apiKey, responseLimitBytes } = this.options;
    return exchange(
      dispatcher,
      { origin, ...createRequest(operation, call, revision, apiKey) },
      responseLimitBytes,
      signal,
    );
  }
}

function createRequest(
  operation: Operation,
  call: CallOptions,
  revision: Revision,
  apiKey: string,
): Omit<HttpRequest, "origin"> {
  const { mediaType, trailingSlash } = wireFormOf(revision);
  const path = operation.path.replace("{id}", () => encodeId(call.id)) + (trailingSlash ? "/" : "");
  const query = new URLSearchParams((call.query ?? []).map(([name, value]) => [name, value])).toString();
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  return {
    method: operation.method,
    path: query ? `${path}?${query}` : path,
    headers: {
      accept: mediaType,
      "user-agent": "klaviyo-campaigns-gateway",
      authorization: `Klaviyo-API-Key ${apiKey}`,
      revision,
      // A retired revision would otherwise be answered by another one, silently.
      "x-klaviyo-revision-fall-forward-opt-out": "1",
      ...(body === undefined ? {} : { "content-type": mediaType }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

/** Arguments are checked at the door; this is the lock behind it, for the path is built here. */
function encodeId(id: string | undefined): string {
  if (id === undefined || !isResourceId(id)) throw new TypeError("An id reached the path without having been checked.");
  return encodeURIComponent(id);
}

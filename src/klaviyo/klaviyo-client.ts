import type { Dispatcher } from "undici";
import type { Clock } from "../resilience/clock.js";
import type { Slot } from "../resilience/call-ledger.js";
import { Deadline, DeadlineExceededError, withTimeLimit } from "../resilience/deadline.js";
import { decodeAnswer, failureOf } from "./answer.js";
import type { CallOptions } from "./call-options.js";
import type { CallGate } from "./call-gate.js";
import { createRequest } from "./create-request.js";
import { exchange, ExchangeError, type HttpResponse } from "./exchange.js";
import { KlaviyoError, type KlaviyoFailure } from "./failure.js";
import type { Operation } from "./operations.js";
import { quotaNewsOf } from "./quota-news.js";
import type { ReadingRevision, Revision } from "./revisions.js";

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
  /** Where calls wait for Klaviyo's limits. */
  readonly gate: CallGate;
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

/** Makes one attempt of one operation. It never repeats anything: whether that is safe is for its callers to know. */
export class KlaviyoClient {
  constructor(private readonly options: KlaviyoClientOptions) {}

  /** @returns the decoded JSON document, or undefined where Klaviyo answers without one. @throws KlaviyoError */
  async call(operation: Operation, call: CallOptions): Promise<unknown> {
    const { clock, attemptTimeoutMs, gate, onAttempt } = this.options;
    const revision = call.revision ?? this.options.readingRevision;
    const deadline = new Deadline(clock, call.remainingMs ?? attemptTimeoutMs);
    let startedAt = clock.now();
    let slot: Slot | undefined;
    let response: HttpResponse | undefined;
    let failure: KlaviyoFailure | undefined;
    try {
      slot = await gate.admit(operation, call, deadline.remainingMs);
      startedAt = clock.now();
      response = await this.exchange(operation, call, revision, deadline);
      return decodeAnswer(operation, response, clock.wallMs());
    } catch (error) {
      call.signal?.throwIfAborted();
      failure = failureOf(error);
      if (!failure) throw error;
      throw error instanceof KlaviyoError ? error : new KlaviyoError(operation.name, failure, error);
    } finally {
      // What never left counts nowhere.
      if (failure?.kind === "not-sent") slot?.cancel();
      else slot?.settle(quotaNewsOf(response, failure));
      const status = response?.status;
      onAttempt({ operation: operation.name, revision, durationMs: clock.now() - startedAt, status, failure });
    }
  }

  private exchange(
    operation: Operation,
    call: CallOptions,
    revision: Revision,
    deadline: Deadline,
  ): Promise<HttpResponse> {
    const { clock, dispatcher, origin, apiKey, attemptTimeoutMs, responseLimitBytes } = this.options;
    const limitMs = Math.min(attemptTimeoutMs, deadline.remainingMs);
    if (limitMs <= 0) throw new ExchangeError(false, new DeadlineExceededError(0));
    const request = { origin, ...createRequest(operation, call, revision, apiKey) };
    return withTimeLimit(clock, limitMs, call.signal, (signal) =>
      exchange(dispatcher, request, responseLimitBytes, signal),
    );
  }
}

import type { Dispatcher } from "undici";
import type { Slot } from "../resilience/call-ledger.js";
import type { Passage } from "../resilience/circuit-breaker.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline, DeadlineExceededError } from "../resilience/deadline.js";
import { decodeAnswer, failureOf } from "./answer.js";
import type { Answer } from "./answer-store.js";
import type { Attempt } from "./attempt-record.js";
import type { CallGate } from "./call-gate.js";
import type { CallOptions } from "./call-options.js";
import { createRequest } from "./create-request.js";
import { type EndpointCircuits, outcomeOf } from "./endpoint-circuits.js";
import { exchange, ExchangeError, type HttpResponse } from "./exchange.js";
import { KlaviyoError, type KlaviyoFailure } from "./failure.js";
import type { Operation } from "./operations.js";
import { quotaNewsOf } from "./quota-news.js";
import type { Revision } from "./revisions.js";

export interface AttemptOptions {
  /** What writes requests to Klaviyo: its owner has set pool sizes and time-outs for connecting, headers and body. */
  readonly dispatcher: Dispatcher;
  readonly clock: Clock;
  /** The longest that one attempt may take from call to complete answer. */
  readonly attemptTimeoutMs: number;
  readonly responseLimitBytes: number;
  /** What refuses calls while Klaviyo is down. */
  readonly circuits: EndpointCircuits;
  /** Where calls wait for Klaviyo's limits. */
  readonly gate: CallGate;
  /** Told of every attempt when it has ended; for logs and metrics. */
  readonly onAttempt: (attempt: Attempt) => void;
}

export interface SignedCall extends CallOptions {
  readonly revision: Revision;
  /** The value of the Authorization header. */
  readonly authorization: string;
}

/**
 * Makes one attempt of one operation, if the circuit and when the gate let it through. It never repeats anything.
 * @throws KlaviyoError, or the reason of the call's signal
 */
export async function attempt(options: AttemptOptions, operation: Operation, call: SignedCall): Promise<Answer> {
  const { clock, attemptTimeoutMs, circuits, gate, onAttempt } = options;
  const deadline = new Deadline(clock, call.remainingMs ?? attemptTimeoutMs);
  let startedAt = clock.now();
  let endPassage: Passage | undefined;
  let slot: Slot | undefined;
  let response: HttpResponse | undefined;
  let failure: KlaviyoFailure | undefined;
  try {
    endPassage = circuits.pass(operation, call.lane);
    slot = await gate.admit(operation, call, Math.min(deadline.remainingMs, call.patienceMs ?? Infinity));
    startedAt = clock.now();
    response = await exchangeWithin(options, operation, call, deadline);
    const answered = decodeAnswer(operation, response, clock.wallMs());
    return { ...answered, ageMs: clock.now() - startedAt };
  } catch (error) {
    throwIfGivenUp(call.signal);
    failure = failureOf(error);
    if (!failure) throw error;
    throw error instanceof KlaviyoError ? error : new KlaviyoError(operation.name, failure, error);
  } finally {
    // What never left counts nowhere.
    if (failure?.kind === "not-sent") slot?.cancel();
    else slot?.settle(quotaNewsOf(response, failure));
    const durationMs = clock.now() - startedAt;
    const { revision } = call;
    const ended = { operation: operation.name, revision, durationMs, status: response?.status, failure };
    endPassage?.(outcomeOf(ended));
    onAttempt(ended);
  }
}

function exchangeWithin(
  options: AttemptOptions,
  operation: Operation,
  call: SignedCall,
  { remainingMs }: Deadline,
): Promise<HttpResponse> {
  const { clock, dispatcher, attemptTimeoutMs, responseLimitBytes } = options;
  const limitMs = Math.min(attemptTimeoutMs, remainingMs);
  if (limitMs <= 0) throw new ExchangeError(false, new DeadlineExceededError(0));
  const request = createRequest(operation, call, call.revision, call.authorization);
  const { signal, mayBegin } = call;
  return exchange(dispatcher, request, { responseLimitBytes, signal, time: { clock, limitMs }, mayBegin });
}

/** A signal may also say that the time of all who waited is up: that is a failure like any other time-out. */
function throwIfGivenUp(signal: AbortSignal | undefined): void {
  if (signal?.aborted && !(signal.reason instanceof DeadlineExceededError)) throw signal.reason;
}

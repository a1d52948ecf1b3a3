import type { Dispatcher } from "undici";
import type { Slot } from "../resilience/call-ledger.js";
import type { Passage } from "../resilience/circuit-breaker.js";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import { decodeAnswer, failureOf } from "./answer.js";
import type { Answer } from "./answer-store.js";
import type { AskedCall } from "./asked-call.js";
import type { Attempt } from "./attempt-record.js";
import type { CallGate } from "./call-gate.js";
import { createRequest } from "./create-request.js";
import { type EndpointCircuits, outcomeOf } from "./endpoint-circuits.js";
import { beginExchange, ExchangeError, type ExchangeListener, type HttpResponse } from "./exchange.js";
import { KlaviyoError, type KlaviyoFailure } from "./failure.js";
import { quotaNewsOf } from "./quota-news.js";

export interface AttemptOptions {
  /** What writes requests to Klaviyo: its owner has set pool sizes and time-outs for connecting, headers and body. */
  readonly dispatcher: Dispatcher;
  /** The one for a call in the lane `critical`, which is not to wait behind others. None: the same. */
  readonly criticalDispatcher?: () => Dispatcher;
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

/**
 * Makes one attempt of one operation, if the circuit and when the gate let it through. It never repeats anything.
 * @param authorization the header's value
 * @throws KlaviyoError, or the reason of the call's signal
 */
export function attempt(options: AttemptOptions, asked: AskedCall, authorization: string): Promise<Answer> {
  return new Promise((resolve, reject) => new AttemptUnderWay(options, asked, authorization, resolve, reject).begin());
}

/** From one step to the next it goes at once, unless there is something to wait for: most attempts wait for their answer alone. */
class AttemptUnderWay implements ExchangeListener {
  private readonly untilMs: number;
  /** When it had its turn: what it waited for that is no news of Klaviyo. */
  private startedAtMs: number;
  private endPassage: Passage | undefined;
  private slot: Slot | undefined;
  /** Whether it was let out. What never was says nothing about Klaviyo. */
  private hasHadTurn = false;

  constructor(
    private readonly options: AttemptOptions,
    private readonly asked: AskedCall,
    private readonly authorization: string,
    private readonly resolve: (answer: Answer) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    this.startedAtMs = options.clock.now();
    this.untilMs = this.startedAtMs + asked.remainingMs;
  }

  begin(): void {
    const { asked, options } = this;
    try {
      this.endPassage = options.circuits.pass(asked.operation, asked.call.lane);
      const admission = options.gate.admit(asked);
      if (!(admission instanceof Promise)) return this.exchange(admission);
      admission.then(
        (slot) => this.exchangeLater(slot),
        (error: unknown) => this.failed(error),
      );
    } catch (error) {
      this.failed(error);
    }
  }

  answered(response: HttpResponse): void {
    const { clock } = this.options;
    try {
      const { document, bytes } = decodeAnswer(this.asked.operation, response, clock.wallMs());
      this.resolve({ document, bytes, ageMs: clock.now() - this.startedAtMs });
    } catch (error) {
      return this.failed(error, response);
    }
    this.settle(response, undefined);
    this.report({ status: response.status, failure: undefined, isGivenUp: false });
  }

  failed(error: unknown, response?: HttpResponse): void {
    const { operation, signal } = this.asked;
    if (isGivenUp(signal)) return this.givenUp(signal.reason, error);
    const failure = failureOf(error);
    const isTold = !failure || error instanceof KlaviyoError;
    this.reject(isTold ? error : new KlaviyoError(operation.name, failure, error));
    // What never left counts nowhere.
    if (failure?.kind === "not-sent") this.slot?.cancel();
    else this.settle(response, failure);
    this.report({ status: response?.status, failure, isGivenUp: false });
  }

  private givenUp(reason: unknown, error: unknown): void {
    this.reject(reason);
    // It waited for a connection: it has not left, and never will.
    if (error instanceof ExchangeError && !error.wasSent) this.slot?.cancel();
    else this.settle(undefined, undefined);
    this.report({ status: undefined, failure: undefined, isGivenUp: true });
  }

  private exchangeLater(slot: Slot | undefined): void {
    this.startedAtMs = this.options.clock.now();
    try {
      this.exchange(slot);
    } catch (error) {
      this.failed(error);
    }
  }

  private exchange(slot: Slot | undefined): void {
    this.slot = slot;
    this.hasHadTurn = true;
    const { clock, attemptTimeoutMs, responseLimitBytes } = this.options;
    const { signal, call, sharers } = this.asked;
    const leftMs = sharers ? sharers.remainingMs : this.untilMs - this.startedAtMs;
    if (leftMs <= 0) throw new ExchangeError(false, new DeadlineExceededError(0));
    // Who joins later may have more time than all who wait now: the signal ends what is shared when nobody has any left.
    const limitMs = sharers ? attemptTimeoutMs : Math.min(attemptTimeoutMs, leftMs);
    const request = createRequest(this.asked, this.authorization);
    const { mayBegin } = call;
    beginExchange(this.dispatcher(), request, { responseLimitBytes, signal, time: { clock, limitMs }, mayBegin }, this);
  }

  private dispatcher(): Dispatcher {
    const { dispatcher, criticalDispatcher } = this.options;
    return (this.asked.call.lane === "critical" && criticalDispatcher?.()) || dispatcher;
  }

  private settle(response: HttpResponse | undefined, failure: KlaviyoFailure | undefined): void {
    this.slot?.settle(quotaNewsOf(response, failure));
  }

  private report({ status, failure, isGivenUp }: Pick<Attempt, "status" | "failure" | "isGivenUp">): void {
    const durationMs = this.options.clock.now() - this.startedAtMs;
    const { operation, revision } = this.asked;
    const ended: Attempt = { operation: operation.name, revision, durationMs, status, failure, isGivenUp };
    this.endPassage?.(this.hasHadTurn ? outcomeOf(ended) : "unknown");
    this.options.onAttempt(ended);
  }
}

/** A signal may also say that the time of all who waited is up: that is a failure like any other time-out. */
function isGivenUp(signal: AbortSignal | undefined): signal is AbortSignal {
  return signal?.aborted === true && !(signal.reason instanceof DeadlineExceededError);
}

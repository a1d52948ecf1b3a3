import type { Dispatcher } from "undici";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";
import { onAbort } from "../resilience/on-abort.js";

export interface HttpRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path and query, already encoded; it is written to the wire as it stands. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is none. */
  readonly body: string | null;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A transport failure that says the one thing that matters for a write: was it on the wire? */
export class ExchangeError extends Error {
  constructor(
    readonly wasSent: boolean,
    cause: unknown,
  ) {
    super(wasSent ? "The exchange broke after the request was sent." : "The request was not sent.", { cause });
    this.name = "ExchangeError";
  }
}

export class ResponseTooLargeError extends Error {
  constructor(
    readonly status: number,
    limitBytes: number,
  ) {
    super(`The response was larger than ${limitBytes} bytes.`);
    this.name = "ResponseTooLargeError";
  }
}

export interface ExchangeLimits {
  readonly responseLimitBytes: number;
  /** The caller's. */
  readonly signal?: AbortSignal | undefined;
  /** The longest that it may take from now on. */
  readonly time?: { readonly clock: Clock; readonly limitMs: number };
  /** Asked when there is a connection and nothing is written yet. Where it says no, nothing is: the time for it is over. */
  readonly mayBegin?: (() => boolean) | undefined;
}

/** Told how an exchange has ended: one of the two, once, perhaps before it is known that it has begun. */
export interface ExchangeListener {
  answered(response: HttpResponse): void;
  failed(error: ExchangeError): void;
}

/**
 * One request and its whole response through undici's dispatcher, which tells us when a request is about to be written. That is
 * what makes "provably never sent" a fact instead of a guess from error codes. No redirect is followed, nothing is repeated.
 *
 * When `signal` aborts or the time is up, it fails at once with an {@link ExchangeError} whose cause is the signal's reason
 * or a {@link DeadlineExceededError}. A request that still waits for a connection then is dropped the moment it gets one: it is
 * never sent late.
 */
export function beginExchange(
  dispatcher: Dispatcher,
  request: HttpRequest,
  limits: ExchangeLimits,
  listener: ExchangeListener,
): void {
  const handler = new ExchangeHandler(limits, listener);
  if (!handler.isSettled) dispatcher.dispatch(request, handler);
}

/** The same, for those who wait. @throws ExchangeError */
export function exchange(dispatcher: Dispatcher, request: HttpRequest, limits: ExchangeLimits): Promise<HttpResponse> {
  return new Promise((answered, failed) => beginExchange(dispatcher, request, limits, { answered, failed }));
}

const NO_HEADERS: HttpResponse["headers"] = {};

class ExchangeHandler implements Dispatcher.DispatchHandler {
  private controller: Dispatcher.DispatchController | undefined;
  private status = 0;
  private headers: HttpResponse["headers"] = NO_HEADERS;
  private readonly chunks: Buffer[] = [];
  private sizeBytes = 0;
  isSettled = false;
  /** Why there is no response, where there is none. */
  private cause: unknown;
  private readonly stopListening: () => void;
  private readonly stopTimer: (() => void) | undefined;

  constructor(
    private readonly limits: ExchangeLimits,
    private readonly listener: ExchangeListener,
  ) {
    const { signal, time } = limits;
    this.stopListening = onAbort(signal, () => this.fail(signal?.reason));
    this.stopTimer = time?.clock.after(time.limitMs, () => this.fail(new DeadlineExceededError(time.limitMs)));
    if (signal?.aborted) this.fail(signal.reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (!this.isSettled && this.limits.mayBegin?.() === false) this.fail(new DeadlineExceededError(0));
    if (this.isSettled) return controller.abort(asError(this.cause));
    this.controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: HttpResponse["headers"]): void {
    this.status = status;
    this.headers = headers;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.sizeBytes += chunk.length;
    const { responseLimitBytes } = this.limits;
    if (this.sizeBytes > responseLimitBytes) this.fail(new ResponseTooLargeError(this.status, responseLimitBytes));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.isSettled) return;
    this.settle();
    const [only] = this.chunks;
    const body = this.chunks.length === 1 && only ? only : Buffer.concat(this.chunks);
    this.listener.answered({ status: this.status, headers: this.headers, body });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.fail(error);
  }

  private fail(cause: unknown): void {
    if (this.isSettled) return;
    this.settle();
    this.cause = cause;
    this.chunks.length = 0;
    this.controller?.abort(asError(cause));
    this.listener.failed(new ExchangeError(this.controller !== undefined, cause));
  }

  private settle(): void {
    this.isSettled = true;
    this.stopTimer?.();
    this.stopListening();
  }
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("aborted", { cause: reason });
}

import { DeadlineExceededError } from "../resilience/deadline.js";
import type { Answer } from "./answer-store.js";
import { ExchangeError, type HttpResponse, ResponseTooLargeError } from "./exchange.js";
import { type Complaint, KlaviyoError, type KlaviyoFailure } from "./failure.js";
import { decodeComplaints, decodeFirstError, type JsonApiError } from "./json-api.js";
import type { Operation } from "./operations.js";
import { parseRetryAfterMs } from "./retry-after.js";

type Answered = Pick<Answer, "document" | "bytes">;

const WITHOUT_DOCUMENT: Answered = { document: undefined, bytes: Buffer.alloc(0) };

/** @returns the JSON document of a successful answer, or none where there is none by design. @throws KlaviyoError */
export function decodeAnswer(operation: Operation, response: HttpResponse, wallMs: number): Answered {
  const { status } = response;
  if (status < 200 || status >= 300) {
    const failure = decodeFailure(response, wallMs);
    throw new KlaviyoError(
      operation.name,
      failure,
      undefined,
      failure.kind === "refused" ? complaintsIn(response) : [],
    );
  }
  // Where success has no document it is the status alone. A body that came along says nothing more, unless it is not Klaviyo's.
  if (!operation.answersDocument && response.body.length === 0) return WITHOUT_DOCUMENT;
  const document = parseJson(response);
  const isError = document.kind === "json" && decodeFirstError(document.value) !== undefined;
  if (document.kind === "json" && !isError)
    return operation.answersDocument ? { document: document.value, bytes: response.body } : WITHOUT_DOCUMENT;
  const reason = document.kind === "json" ? "an error document with a status of success" : document.reason;
  throw new KlaviyoError(operation.name, { kind: "invalid-response", status, reason });
}

/** What a transport error means. Undefined for what is not one of ours: a bug, which must not be dressed up as an outage. */
export function failureOf(error: unknown): KlaviyoFailure | undefined {
  if (error instanceof KlaviyoError) return error.failure;
  // The time of all who waited was up while the attempt still waited for its turn.
  if (error instanceof DeadlineExceededError) return { kind: "not-sent", cause: "timeout" };
  if (!(error instanceof ExchangeError)) return undefined;
  const { cause, wasSent } = error;
  if (cause instanceof ResponseTooLargeError)
    return { kind: "invalid-response", status: cause.status, reason: "the body is too large" };
  const isTimeout = cause instanceof DeadlineExceededError || TIMEOUT_CODES.has(codeOf(cause));
  if (!wasSent) return { kind: "not-sent", cause: isTimeout ? "timeout" : "unreachable" };
  return { kind: isTimeout ? "timeout" : "connection-lost" };
}

const TIMEOUT_CODES: ReadonlySet<unknown> = new Set([
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_HEADERS_TIMEOUT",
  "UND_ERR_BODY_TIMEOUT",
]);

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}

function decodeFailure(response: HttpResponse, wallMs: number): KlaviyoFailure {
  const { status } = response;
  const document = parseJson(response);
  const error = document.kind === "json" ? decodeFirstError(document.value) : undefined;
  const klaviyoErrorId = error?.id;
  if (status === 429) return { kind: "throttled", retryAfterMs: retryAfterOf(response, error, wallMs), klaviyoErrorId };
  // https://www.rfc-editor.org/rfc/rfc9110#section-15.6.4: of what passes, a 503 alone says when.
  if (status === 503)
    return { kind: "unavailable", status, retryAfterMs: retryAfterOf(response, error, wallMs), klaviyoErrorId };
  // 408 is a proxy's way of saying that it gave up waiting: as uncertain as a 5xx.
  if (status >= 500 || status === 408) return { kind: "unavailable", status, klaviyoErrorId };
  if (error) return { kind: "refused", status, code: error.code, source: error.source, klaviyoErrorId };
  const reason = document.kind === "json" ? "not a JSON:API error" : document.reason;
  return { kind: "invalid-response", status, reason };
}

function complaintsIn(response: HttpResponse): readonly Complaint[] {
  const document = parseJson(response);
  return document.kind === "json" ? decodeComplaints(document.value) : [];
}

function retryAfterOf(response: HttpResponse, error: JsonApiError | undefined, wallMs: number): number | undefined {
  return parseRetryAfterMs({
    header: headerOf(response, "retry-after"),
    dateHeader: headerOf(response, "date"),
    detail: error?.detail,
    wallMs,
  });
}

type ParsedBody =
  { readonly kind: "json"; readonly value: unknown } | { readonly kind: "other"; readonly reason: string };

const JSON_MEDIA_TYPE = /^application\/(?:vnd\.api\+)?json\s*(?:;|$)/i;

function parseJson(response: HttpResponse): ParsedBody {
  if (!JSON_MEDIA_TYPE.test(headerOf(response, "content-type") ?? ""))
    return { kind: "other", reason: "the body is not JSON by its content type" };
  // We offer no encoding, so a compressed body is nobody's promise; and what is not inflated cannot be a bomb.
  if ((headerOf(response, "content-encoding") ?? "identity") !== "identity")
    return { kind: "other", reason: "the body is encoded" };
  try {
    return { kind: "json", value: JSON.parse(response.body.toString("utf8")) };
  } catch {
    return { kind: "other", reason: "the body is not valid JSON" };
  }
}

function headerOf(response: HttpResponse, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Answer } from "./answer.js";
import { jsonAnswer } from "./answer.js";

/** Where the fault lies: a query parameter by name, or a place in the body as a JSON pointer. */
export type ErrorSource = { readonly parameter: string } | { readonly pointer: string };

export interface ApiErrorParts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly source?: ErrorSource;
  /** Further faults of the same kind: a body is told all of them at once. */
  readonly more?: readonly { readonly detail: string; readonly source: ErrorSource }[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Klaviyo's page about this kind of error. */
  readonly helpUrl?: string;
}

/** A refusal on its way to the client. Thrown by the rules, written in one place. */
export class ApiError extends Error {
  readonly parts: ApiErrorParts;

  constructor(parts: ApiErrorParts) {
    super(parts.detail);
    this.name = "ApiError";
    this.parts = parts;
  }
}

/** The live shape: `status` is an integer here, where JSON:API has a string. A24: codes and titles are Django REST Framework's. */
export function errorAnswer(parts: ApiErrorParts, contentType: string): Answer {
  const { status, code, title, detail, more = [] } = parts;
  const links = parts.helpUrl === undefined ? {} : { type: parts.helpUrl };
  const faults = [{ detail, source: parts.source ?? { pointer: "/data" } }, ...more];
  const errors = faults.map((fault) => ({ id: randomUUID(), status, code, title, ...fault, links, meta: {} }));
  const answer = jsonAnswer(status, { errors }, contentType);
  return { ...answer, headers: { ...answer.headers, ...parts.headers } };
}

export function invalidParameter(parameter: string, detail: string): ApiError {
  return new ApiError({
    status: 400,
    code: "invalid",
    title: "Invalid input.",
    detail,
    source: { parameter },
  });
}

export function invalidBody(pointer: string, detail: string): ApiError {
  return new ApiError({ status: 400, code: "invalid", title: "Invalid input.", detail, source: { pointer } });
}

/** A33: every fault of a body is an error of its own, in one answer. */
export function invalidBodies(faults: readonly { readonly pointer: string; readonly detail: string }[]): ApiError {
  const [first = { pointer: "/data", detail: "Invalid input." }, ...rest] = faults;
  const more = rest.map(({ pointer, detail }) => ({ detail, source: { pointer } }));
  return new ApiError({ ...invalidBody(first.pointer, first.detail).parts, more });
}

export function conflict(pointer: string, detail: string): ApiError {
  return new ApiError({ status: 409, code: "conflict", title: "Conflict.", detail, source: { pointer } });
}

/** A34: what a body refers to and the account does not have is a 404 that points at the reference. */
export function unknownReference(pointer: string, type: string, id: string): ApiError {
  return new ApiError({ ...notFound(`A ${type} with id ${id} does not exist.`).parts, source: { pointer } });
}

export function notFound(detail: string): ApiError {
  return new ApiError({ status: 404, code: "not_found", title: "Not found.", detail });
}

/** The error of a status about which nothing more is known. */
export function genericError(status: number): ApiErrorParts {
  const title = STATUS_CODES[status] ?? "Error";
  return { status, code: codeOf(status), title: `${title}.`, detail: `${title}.` };
}

function codeOf(status: number): string {
  const codes: Readonly<Record<number, string>> = {
    400: "invalid",
    401: "not_authenticated",
    403: "permission_denied",
    404: "not_found",
    405: "method_not_allowed",
    415: "unsupported_media_type",
    429: "throttled",
  };
  return codes[status] ?? "error";
}

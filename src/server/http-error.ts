import type { ServerResponse } from "node:http";
import type { ErrorCode } from "./error-codes.js";
import { extensionsOf } from "./public-error.js";

/** A request that is answered before GraphQL sees it. */
export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    message: string,
    /** When asking again is worth while. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = "HttpError";
  }
}

/** The same shape as every other answer, so that a client has one way to read errors. */
export function errorBody({ code, message, retryAfterMs }: HttpError): string {
  const extensions = extensionsOf({ code, message, extensions: { retryAfterMs } });
  return `${JSON.stringify({ errors: [{ message, extensions }] })}\n`;
}

export const JSON_CONTENT_TYPE = "application/json; charset=utf-8";

const GRAPHQL_MEDIA_TYPE = "application/graphql-response+json";

/** @param allow the methods that a 405 names */
export function sendHttpError(response: ServerResponse, error: HttpError, allow = "GET, POST, OPTIONS"): void {
  if (response.headersSent) return void response.destroy();
  response.statusCode = error.status;
  response.setHeader("content-type", contentTypeFor(response.req.headers.accept));
  if (error.status === 405) response.setHeader("allow", allow);
  if (error.retryAfterMs !== undefined)
    response.setHeader("retry-after", String(Math.ceil(error.retryAfterMs / 1_000)));
  // What is left of the request is not going to be read, so nothing more can follow it.
  if (error.status === 413 || (error.status === 503 && !response.req.complete))
    response.setHeader("connection", "close");
  response.end(errorBody(error));
}

/** Whoever accepts GraphQL's own media type can then tell our answer from a proxy's. */
function contentTypeFor(accept: string | undefined): string {
  return accept?.includes(GRAPHQL_MEDIA_TYPE) ? `${GRAPHQL_MEDIA_TYPE}; charset=utf-8` : JSON_CONTENT_TYPE;
}

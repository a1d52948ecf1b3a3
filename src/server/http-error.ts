import type { ServerResponse } from "node:http";
import type { ErrorCode } from "./error-codes.js";

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
  const extensions = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return `${JSON.stringify({ errors: [{ message, extensions }] })}\n`;
}

export const JSON_CONTENT_TYPE = "application/json; charset=utf-8";

export function sendHttpError(response: ServerResponse, error: HttpError): void {
  if (response.headersSent) return void response.destroy();
  response.statusCode = error.status;
  response.setHeader("content-type", JSON_CONTENT_TYPE);
  if (error.status === 405) response.setHeader("allow", "GET, POST, OPTIONS");
  if (error.retryAfterMs !== undefined)
    response.setHeader("retry-after", String(Math.ceil(error.retryAfterMs / 1_000)));
  // What is left of the request is not going to be read, so nothing more can follow it.
  if (error.status === 413) response.setHeader("connection", "close");
  response.end(errorBody(error));
}

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;

/** Gives the request an id, its caller's own where that is harmless, and tells the caller. */
export function assignRequestId(request: IncomingMessage, response: ServerResponse): string {
  const given = request.headers["x-request-id"];
  const requestId = typeof given === "string" && REQUEST_ID.test(given) ? given : randomUUID();
  response.setHeader("x-request-id", requestId);
  return requestId;
}

/** As its caller is told. */
export function requestIdOf(response: ServerResponse): string {
  return String(response.getHeader("x-request-id") ?? "");
}

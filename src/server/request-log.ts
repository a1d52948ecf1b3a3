import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../resilience/clock.js";
import type { Logger } from "./logger.js";
import { assignRequestId } from "./request-id.js";

/** Told of each request at its end. `status` is undefined when the client left before it had an answer. */
export type OnRequestEnd = (route: string, status: number | undefined, durationMs: number) => void;

const ROUTES: ReadonlySet<string> = new Set(["/graphql", "/livez", "/readyz"]);

/** One line for each request when its answer is out, or its client is gone. Neither query nor variables are in it. */
export function logRequest(
  logger: Logger,
  clock: Clock,
  onEnd: OnRequestEnd,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const requestId = assignRequestId(request, response);
  const startedAt = clock.now();
  response.once("close", () => {
    const { method, url } = request;
    const path = (url ?? "").split("?", 1)[0]?.slice(0, 128) ?? "";
    const durationMs = Math.round(clock.now() - startedAt);
    onEnd(ROUTES.has(path) ? path : "other", response.writableFinished ? response.statusCode : undefined, durationMs);
    logger.info(
      {
        requestId,
        method,
        subject: subjects.get(response),
        path,
        status: response.writableFinished ? response.statusCode : "client gone",
        durationMs,
      },
      "request",
    );
  });
}

/** One line for an answer to what is no request, of which nothing is known. @returns the id that its sender is told */
export function logNoRequest(logger: Logger, onEnd: OnRequestEnd, status: number): string {
  const requestId = randomUUID();
  onEnd("other", status, 0);
  logger.info({ requestId, status, durationMs: 0 }, "request");
  return requestId;
}

const subjects = new WeakMap<ServerResponse, string>();

/** Adds to the line of a request whom it turned out to come from. */
export function noteSubject(response: ServerResponse, subject: string | undefined): void {
  if (subject !== undefined) subjects.set(response, subject);
}

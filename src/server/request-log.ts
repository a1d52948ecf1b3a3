import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../resilience/clock.js";
import { assignRequestId } from "./context.js";
import type { Logger } from "./logger.js";

/** One line for each request when its answer is out, or its client is gone. Neither query nor variables are in it. */
export function logRequest(logger: Logger, clock: Clock, request: IncomingMessage, response: ServerResponse): void {
  const requestId = assignRequestId(request, response);
  const startedAt = clock.now();
  response.once("close", () => {
    const { method, url } = request;
    logger.info(
      {
        requestId,
        method,
        path: (url ?? "").split("?", 1)[0]?.slice(0, 128),
        status: response.writableFinished ? response.statusCode : "client gone",
        durationMs: Math.round(clock.now() - startedAt),
      },
      "request",
    );
  });
}

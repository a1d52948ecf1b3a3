import type { IncomingMessage } from "node:http";
import { HttpError } from "../http-error.js";

const HEADER = "x-request-timeout-ms";

/**
 * How long the caller is going to wait, in milliseconds, if it says so. Nothing is begun for somebody who has given up; but what the
 * configuration allows is never exceeded. @throws HttpError
 */
export function requestTimeoutMsOf({ headers }: IncomingMessage): number | undefined {
  const value = headers[HEADER];
  if (value === undefined) return undefined;
  const ms = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : 0;
  if (ms >= 1) return ms;
  throw new HttpError(400, "BAD_REQUEST", `The header ${HEADER} must be a whole number of milliseconds, at least 1.`);
}

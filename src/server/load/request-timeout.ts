import type { IncomingMessage } from "node:http";
import { HttpError } from "../http-error.js";

const HEADER = "x-request-timeout-ms";
const LONGEST_MS = 999_999_999;

/**
 * How long the caller is going to wait, in milliseconds, if it says so. Nothing is begun for somebody who has given up; but what the
 * configuration allows is never exceeded. @throws HttpError
 */
export function requestTimeoutMsOf({ headers }: IncomingMessage): number | undefined {
  const value = headers[HEADER];
  if (value === undefined) return undefined;
  const ms = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : 0;
  if (ms >= 1 && ms <= LONGEST_MS) return ms;
  throw new HttpError(
    400,
    "BAD_REQUEST",
    `The header ${HEADER} must be a whole number of milliseconds from 1 to ${LONGEST_MS}.`,
  );
}

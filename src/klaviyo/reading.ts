import { KlaviyoError } from "./failure.js";
import { InvalidDocumentError } from "./json-api.js";
import type { CallOptions } from "./call-options.js";
import type { Operation } from "./operations.js";

/** How a read is bounded: by its caller's presence and by what is left of its caller's time. */
export type ReadLimits = Pick<
  CallOptions,
  "signal" | "remainingMs" | "patienceMs" | "lane" | "caller" | "isLook" | "onRead" | "underWay"
>;

/**
 * At a revision that is known to have the endpoint, a 404 is about the id. (An HTML 404 never gets here: it is no answer of
 * Klaviyo's API and stays an invalid response.)
 */
export function nullWhenNotFound<T>(read: Promise<T>): Promise<T | null> {
  return read.catch(nullOrThrow);
}

function nullOrThrow(error: unknown): null {
  if (error instanceof KlaviyoError && error.failure.kind === "refused" && error.failure.status === 404) return null;
  throw error;
}

/** Turns what a decoder finds wrong into the failure that callers know. */
export function decoded<T>(operation: Operation, decode: () => T): T {
  try {
    return decode();
  } catch (error) {
    if (!(error instanceof InvalidDocumentError)) throw error;
    throw new KlaviyoError(operation.name, { kind: "invalid-response", status: 200, reason: error.reason }, error);
  }
}

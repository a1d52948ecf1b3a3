import type { ErrorCode } from "../../../src/server/error-codes.js";
import { requestBytes, type Sent } from "../../support/raw-request.js";

/** What somebody sends who means no good, and how it is answered. Nothing is asked of Klaviyo for any of it. */
export type HostileInput = readonly [what: string, sent: string | Sent, status: number, code: ErrorCode];

/** Text stands for bytes, one for each of its characters. */
export function bytesOf(sent: string | Sent): Buffer {
  return typeof sent === "string" ? Buffer.from(sent, "latin1") : requestBytes(sent);
}

export function document(query: string, variables?: unknown): Sent {
  return { body: JSON.stringify({ query, variables }) };
}

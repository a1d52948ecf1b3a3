import type { AskedCall } from "./asked-call.js";
import type { HttpRequest } from "./exchange.js";
import type { CallOptions } from "./call-options.js";
import type { Operation } from "./operations.js";
import { isResourceId } from "./resource-id.js";
import { type Revision, wireFormOf } from "./revisions.js";

/** An operation as it is written on the wire at a revision. */
export function createRequest({ operation, call, path, revision }: AskedCall, authorization: string): HttpRequest {
  const { mediaType } = wireFormOf(revision);
  const headers = {
    accept: mediaType,
    "user-agent": "klaviyo-campaigns-gateway",
    authorization,
    revision,
    // A retired revision would otherwise be answered by another one, silently.
    "x-klaviyo-revision-fall-forward-opt-out": "1",
  };
  const { method } = operation;
  if (call.body === undefined) return { method, path, headers, body: null };
  return { method, path, headers: { ...headers, "content-type": mediaType }, body: JSON.stringify(call.body) };
}

/** Path and query, as they are written on the wire. */
export function pathOf(operation: Operation, call: CallOptions, revision: Revision): string {
  const { trailingSlash } = wireFormOf(revision);
  const path = operation.path.replace("{id}", () => encodeId(call.id)) + (trailingSlash ? "/" : "");
  const query = call.query === undefined ? "" : queryOf(call.query);
  return query ? `${path}?${query}` : path;
}

/** Those of one resource are made once for its plan, and read with each of its requests. */
const QUERIES = new WeakMap<NonNullable<CallOptions["query"]>, string>();

function queryOf(parameters: NonNullable<CallOptions["query"]>): string {
  const known = QUERIES.get(parameters);
  if (known !== undefined) return known;
  const query = new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
  QUERIES.set(parameters, query);
  return query;
}

/** Arguments are checked at the door; this is the lock behind it, for the path is built here. */
function encodeId(id: string | undefined): string {
  if (id === undefined || !isResourceId(id)) throw new TypeError("An id reached the path without having been checked.");
  return encodeURIComponent(id);
}

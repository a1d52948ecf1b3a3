import type { IncomingMessage, ServerResponse } from "node:http";
import { searchOf } from "./request-search.js";

/** What carries an operation in a GET. https://www.apollographql.com/docs/apollo-server/performance/apq */
const OPERATION_PARAMETERS = ["query", "extensions"] as const;

/** What browsers ask for when they open an address: a page before all else. Programs that accept one as well do not put it first. */
const PAGE_FIRST = /^\s*text\/html\s*(?:[,;]|$)/i;

/** Whether somebody looks what is at this address, rather than sending an operation to it. */
export function isBrowserVisit(request: IncomingMessage): boolean {
  if (request.method !== "GET" || !PAGE_FIRST.test(request.headers.accept ?? "")) return false;
  const parameters = new URLSearchParams(searchOf(request));
  return !OPERATION_PARAMETERS.some((name) => parameters.has(name));
}

const WHAT_IS_HERE =
  "This is a GraphQL endpoint, and no page to look at. Send operations to it with POST, " +
  'as JSON such as {"query":"..."} with the content type application/json.\n';

/** Says in words what is here. It remains a request without an operation, which is no success to whoever watches statuses. */
export function answerBrowserVisit(response: ServerResponse): void {
  response.statusCode = 400;
  response.setHeader("content-type", "text/plain; charset=utf-8");
  response.end(WHAT_IS_HERE);
}

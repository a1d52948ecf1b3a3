import type { IncomingMessage } from "node:http";

/** What follows the path of a request, with its question mark. Cut out by hand: a URL parser throws on request targets that any client can send. */
export function searchOf({ url = "" }: Pick<IncomingMessage, "url">): string {
  const start = url.indexOf("?");
  return start < 0 ? "" : url.slice(start);
}

import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import type { Page } from "./keyset-page.js";

/** Absolute URLs that repeat every parameter; a side without a page has no link. */
export function collectionLinks(call: Call, page: Page<unknown>): JsonObject {
  const { nextCursor, prevCursor } = page;
  return {
    self: pageUrl(call, call.query.get("page[cursor]")),
    ...(nextCursor !== undefined && { next: pageUrl(call, nextCursor) }),
    ...(prevCursor !== undefined && { prev: pageUrl(call, prevCursor) }),
  };
}

function pageUrl(call: Call, cursor: string | undefined): string {
  const parameters = new URLSearchParams([...call.query]);
  if (cursor !== undefined) parameters.set("page[cursor]", cursor);
  const query = parameters.toString();
  return `${call.baseUrl}${call.path}${query && `?${query}`}`;
}

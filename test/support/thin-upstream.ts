import { createServer } from "node:http";
import { listenOnLoopback, type Loopback } from "./loopback.js";

/** What a list has at a place: a campaign or a tag, or nothing that is shown. */
export type Slot = { readonly id: string; readonly createdAt: string } | null;

export interface ThinUpstream extends Loopback {
  /** The lists that were asked for, in order, a call each. */
  readonly calls: string[];
}

/**
 * A Klaviyo that cuts its pages first and leaves out what is not to be shown then, so that a page may be thin or empty and still have
 * a next one. A cursor is a place, whatever the page size.
 * @param lists by channel, and that of all tags as `tags`
 */
export async function startThinUpstream(lists: Readonly<Record<string, readonly Slot[]>>): Promise<ThinUpstream> {
  const calls: string[] = [];
  const server = createServer(({ url = "/" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://upstream.invalid");
    const isOfTags = pathname === "/api/tags";
    const list = isOfTags ? "tags" : (/"(\w+)"/.exec(searchParams.get("filter") ?? "")?.[1] ?? "");
    calls.push(list);
    response.writeHead(200, { "content-type": "application/vnd.api+json" });
    response.end(JSON.stringify(pageOf(lists[list] ?? [], searchParams, isOfTags ? "tag" : "campaign")));
  });
  return { calls, ...(await listenOnLoopback(server)) };
}

function pageOf(slots: readonly Slot[], parameters: URLSearchParams, type: "campaign" | "tag"): object {
  const start = Number(parameters.get("page[cursor]") ?? 0);
  const end = start + Number(parameters.get("page[size]"));
  const data = slots
    .slice(start, end)
    .filter((slot) => slot !== null)
    .map(({ id, createdAt }) => ({ type, id, attributes: { name: id, created_at: createdAt } }));
  const next = end < slots.length ? `https://a.klaviyo.com/api/${type}s?page%5Bcursor%5D=${end}` : null;
  return { data, links: { next } };
}

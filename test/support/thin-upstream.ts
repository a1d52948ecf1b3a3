import { createServer } from "node:http";
import { listenOnLoopback, type Loopback } from "./loopback.js";

/** What a list of campaigns has at a place: a campaign, or nothing that is shown. */
export type Slot = { readonly id: string; readonly createdAt: string } | null;

export interface ThinUpstream extends Loopback {
  /** The channels that were asked for, in order, a call each. */
  readonly calls: string[];
}

/**
 * A Klaviyo that cuts its pages first and leaves out what is not to be shown then, so that a page may be thin or empty and still have
 * a next one. A cursor is a place, whatever the page size.
 */
export async function startThinUpstream(channels: Readonly<Record<string, readonly Slot[]>>): Promise<ThinUpstream> {
  const calls: string[] = [];
  const server = createServer(({ url = "/" }, response) => {
    const { searchParams } = new URL(url, "http://upstream.invalid");
    const channel = /"(\w+)"/.exec(searchParams.get("filter") ?? "")?.[1] ?? "";
    calls.push(channel);
    response.writeHead(200, { "content-type": "application/vnd.api+json" });
    response.end(JSON.stringify(pageOf(channels[channel] ?? [], searchParams)));
  });
  return { calls, ...(await listenOnLoopback(server)) };
}

function pageOf(slots: readonly Slot[], parameters: URLSearchParams): object {
  const start = Number(parameters.get("page[cursor]") ?? 0);
  const end = start + Number(parameters.get("page[size]"));
  const data = slots
    .slice(start, end)
    .filter((slot) => slot !== null)
    .map(({ id, createdAt }) => ({ type: "campaign", id, attributes: { created_at: createdAt } }));
  const next = end < slots.length ? `https://a.klaviyo.com/api/campaigns?page%5Bcursor%5D=${end}` : null;
  return { data, links: { next } };
}

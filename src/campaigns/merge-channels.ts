import type { Channel } from "../klaviyo/campaigns-api.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { attributesQuery, mergeQueries } from "../klaviyo/resource-query.js";
import { CampaignConnection } from "./campaign-connection.type.js";
import type { CampaignPlace } from "./campaign-cursor.js";
import { type CampaignsQuestion, readCampaignPage } from "./campaign-page.js";
import { Campaign } from "./campaign.type.js";
import { encodeMergedCursor, type MergedPlace } from "./merged-cursor.js";

export interface MergedRequest extends CampaignsQuestion {
  readonly sort: string;
  readonly channels: readonly Channel[];
  /** What the list's cursors are called by. */
  readonly list: () => string;
  /** 1 to 100. */
  readonly first: number;
  /** A place for each channel. */
  readonly after: MergedPlace | undefined;
}

interface CampaignEntry {
  readonly resource: Resource;
  /** Where its channel's list goes on after this campaign. */
  readonly after: CampaignPlace;
}

/** What is left of one channel's page, and where its list goes on after that. */
interface Lane {
  place: CampaignPlace | null;
  readonly waiting: CampaignEntry[];
  readonly next: CampaignPlace | null;
}

/**
 * One page of several channels' campaigns in one order. Klaviyo lists one channel at a time, so a page costs one call for each
 * channel that has not ended. Each channel keeps the order that Klaviyo gives it; the merge only chooses between channels.
 */
export async function mergeChannels(
  client: KlaviyoClient,
  request: MergedRequest,
  limits: () => ReadLimits,
): Promise<CampaignConnection> {
  const lanes = await readLanes(client, request, limits());
  const nodes: Campaign[] = [];
  const places: MergedPlace[] = [];
  while (nodes.length < request.first) {
    const lane = nextLane(lanes, request.sort);
    const entry = lane?.waiting.shift();
    if (!lane || !entry) break;
    lane.place = lane.waiting.length === 0 && !lane.next ? null : entry.after;
    nodes.push(new Campaign(entry.resource));
    places.push(lanes.map(({ place }) => place));
  }
  const cursorAfter = (index: number) => encodeMergedCursor(request.list(), places[index] ?? []);
  const hasNextPage = lanes.some(({ waiting, next }) => waiting.length > 0 || next !== null);
  return new CampaignConnection(nodes, cursorAfter, { hasNextPage, hasPreviousPage: request.after !== undefined });
}

function readLanes(client: KlaviyoClient, request: MergedRequest, limits: ReadLimits): Promise<Lane[]> {
  const resource = mergeQueries(request.resource, attributesQuery("campaign", sortAttributes(request.sort)));
  const question = { ...request, resource };
  return Promise.all(
    request.channels.map(async (channel, index): Promise<Lane> => {
      const place = request.after ? request.after[index] : { pageCursor: undefined, skip: 0 };
      if (!place) return { place: null, waiting: [], next: null };
      const page = await readCampaignPage(client, question, { channel, place, wanted: request.first }, limits);
      const waiting = page.resources.map((found, at) => ({ resource: found, after: page.placeAfter(at) }));
      return { place, waiting, next: page.next ?? null };
    }),
  );
}

/**
 * The lane whose first campaign comes first. None when a lane has run dry and goes on in Klaviyo: what would follow is not known,
 * so the page ends there.
 */
function nextLane(lanes: readonly Lane[], sort: string): Lane | undefined {
  if (lanes.some(({ waiting, next }) => waiting.length === 0 && next !== null)) return undefined;
  const sign = sort.startsWith("-") ? -1 : 1;
  return lanes
    .filter(({ waiting }) => waiting.length > 0)
    .toSorted((a, b) => sign * compare(keyOf(a, sort), keyOf(b, sort)))[0];
}

function keyOf({ waiting: [first] }: Lane, sort: string): string {
  return first ? sortKey(first.resource, sort.replace("-", "")) : "";
}

/** Times without a value come first, as the smallest. Times are compared as times, whatever their offset. */
function sortKey(resource: Resource, attribute: string): string {
  if (attribute === "id") return resource.id;
  const value = resource.attributes[attribute];
  if (typeof value !== "string") return "";
  const time = attribute.endsWith("_at") ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? value : new Date(time).toISOString();
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function sortAttributes(sort: string): readonly string[] {
  const attribute = sort.replace("-", "");
  return attribute === "id" ? [] : [attribute];
}

import type { Channel } from "../klaviyo/campaigns-api.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { attributesQuery, mergeQueries } from "../klaviyo/resource-query.js";
import { CampaignConnection } from "./campaign-connection.type.js";
import type { CampaignPlace } from "./campaign-cursor.js";
import { type CampaignPage, type CampaignsQuestion, MOST_PAGES, readCampaignPage } from "./campaign-page.js";
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
 * channel that has not ended, and more only where Klaviyo answers empty pages. Each channel keeps the order that Klaviyo gives it; the
 * merge only chooses between channels.
 */
export async function mergeChannels(
  client: KlaviyoClient,
  request: MergedRequest,
  limits: () => ReadLimits,
): Promise<CampaignConnection> {
  const lanes = await readLanes(client, request, limits);
  const nodes: Campaign[] = [];
  const places: MergedPlace[] = [placesOf(lanes)];
  while (nodes.length < request.first) {
    const lane = nextLane(lanes, request.sort);
    const entry = lane?.waiting.shift();
    if (!lane || !entry) break;
    lane.place = lane.waiting.length === 0 && !lane.next ? null : entry.after;
    nodes.push(new Campaign(entry.resource));
    places.push(placesOf(lanes));
  }
  // The first place is before all campaigns, where the lanes have stepped over empty pages.
  const cursorAfter = (index: number) => encodeMergedCursor(request.list(), places[index + 1] ?? []);
  const hasNextPage = lanes.some(({ waiting, next }) => waiting.length > 0 || next !== null);
  return new CampaignConnection(nodes, cursorAfter, { hasNextPage, hasPreviousPage: request.after !== undefined });
}

function placesOf(lanes: readonly Lane[]): MergedPlace {
  return lanes.map(({ place }) => place);
}

function readLanes(client: KlaviyoClient, request: MergedRequest, limits: () => ReadLimits): Promise<Lane[]> {
  const resource = mergeQueries(request.resource, attributesQuery("campaign", sortAttributes(request.sort)));
  const question = { ...request, resource };
  const start = { pageCursor: undefined, skip: 0 };
  return Promise.all(
    request.channels.map((channel, index) => {
      const read = (place: CampaignPlace) =>
        readCampaignPage(client, question, { channel, place, wanted: request.first }, limits());
      return readLane(read, request.after ? (request.after[index] ?? null) : start);
    }),
  );
}

/**
 * The first page from a place on that is not empty: an empty one would hold up the other channels, since what follows it is not known.
 * Where there are too many of them the lane is empty, and goes on at `place`.
 */
async function readLane(
  read: (place: CampaignPlace) => Promise<CampaignPage>,
  place: CampaignPlace | null,
  pagesLeft = MOST_PAGES,
): Promise<Lane> {
  if (!place || pagesLeft === 0) return { place, waiting: [], next: place };
  const page = await read(place);
  const next = page.next ?? null;
  if (page.resources.length === 0) return readLane(read, next, pagesLeft - 1);
  const waiting = page.resources.map((found, at) => ({ resource: found, after: page.placeAfter(at) }));
  return { place, waiting, next };
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

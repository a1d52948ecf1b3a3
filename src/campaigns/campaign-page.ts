import { CAMPAIGNS_PAGE_MAXIMUM, type Channel, getCampaigns } from "../klaviyo/campaigns-api.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { CampaignPlace } from "./campaign-cursor.js";

/** What a list of campaigns asks of Klaviyo, whatever the page. */
export interface CampaignsQuestion {
  /** Clauses of Klaviyo's filter, besides the channel. */
  readonly filter: readonly string[];
  readonly sort: string | undefined;
  readonly resource: ResourceQuery;
}

export interface CampaignEntry {
  readonly resource: Resource;
  /** Where the list goes on after this campaign. */
  readonly after: CampaignPlace;
}

export interface CampaignPage {
  readonly entries: readonly CampaignEntry[];
  /** Where the list goes on after this page, undefined at its end. */
  readonly next: CampaignPlace | undefined;
  readonly hasPrevious: boolean;
}

/** What follows a place in the list of one channel: `wanted` campaigns or fewer, in one call. @throws KlaviyoError */
export async function readCampaignPage(
  client: KlaviyoClient,
  { filter, sort, resource }: CampaignsQuestion,
  from: { readonly channel: Channel; readonly place: CampaignPlace; readonly wanted: number },
  limits: ReadLimits,
): Promise<CampaignPage> {
  const { channel, place, wanted } = from;
  const pageSize = Math.min(CAMPAIGNS_PAGE_MAXIMUM, place.skip + wanted);
  const query = { channel, filter, sort, resource, pageSize, cursor: place.pageCursor };
  const { resources, nextCursor, hasPrevious } = await getCampaigns(client, query, limits);
  const next = nextCursor === undefined ? undefined : { pageCursor: nextCursor, skip: 0 };
  const entries = resources.map((found, index): CampaignEntry => {
    // The end of a page is at the same time the beginning of the next one, which is the cheaper place to go on from.
    const isLast = index === resources.length - 1;
    return { resource: found, after: isLast && next ? next : { ...place, skip: index + 1 } };
  });
  return { entries: entries.slice(place.skip), next, hasPrevious: hasPrevious || place.skip > 0 };
}

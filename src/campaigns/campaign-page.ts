import { CAMPAIGNS_PAGE_MAXIMUM, type Channel, getCampaigns } from "../klaviyo/campaigns-api.js";
import type { Page, Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { CampaignPlace } from "./campaign-cursor.js";

/**
 * So many pages of Klaviyo's are read for one of ours. Where a list keeps answering empty ones its reader sees a short page, or an
 * empty one, with `hasNextPage` and an `endCursor` that leads on.
 */
export const MOST_PAGES = 3;

/** What a list of campaigns asks of Klaviyo, whatever the page. */
export interface CampaignsQuestion {
  /** Clauses of Klaviyo's filter, besides the channel. */
  readonly filter: readonly string[];
  readonly sort: string | undefined;
  readonly resource: ResourceQuery;
}

/** What follows a place in the list of one channel. Places are made when they are asked for: few want cursors. */
export class CampaignPage {
  readonly resources: readonly Resource[];
  /** Where the list goes on after this page, undefined at its end. */
  readonly next: CampaignPlace | undefined;
  readonly hasPrevious: boolean;

  /** @param place where the page was asked to begin: of what was found, the first ones may lie before it */
  constructor(
    private readonly place: CampaignPlace,
    { resources, nextCursor, hasPrevious }: Page,
  ) {
    this.resources = place.skip === 0 ? resources : resources.slice(place.skip);
    // A page that is thinner than it was may not have all that is to be skipped.
    const skip = Math.max(0, place.skip - resources.length);
    this.next = nextCursor === undefined ? undefined : { pageCursor: nextCursor, skip };
    this.hasPrevious = hasPrevious || place.skip > 0;
  }

  /** Where the list goes on after one of the page's campaigns. */
  placeAfter(index: number): CampaignPlace {
    // The end of a page is at the same time the beginning of the next one, which is the cheaper place to go on from.
    const isLast = index === this.resources.length - 1;
    return isLast && this.next ? this.next : { ...this.place, skip: this.place.skip + index + 1 };
  }
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
  return new CampaignPage(place, await getCampaigns(client, query, limits));
}

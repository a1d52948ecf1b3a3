import type { Channel } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { CampaignConnection } from "./campaign-connection.type.js";
import { type CampaignPlace, encodeCampaignCursor } from "./campaign-cursor.js";
import { type CampaignPage, type CampaignsQuestion, MOST_PAGES, readCampaignPage } from "./campaign-page.js";
import { Campaign } from "./campaign.type.js";

export interface CampaignsRequest extends CampaignsQuestion {
  readonly channel: Channel;
  /** What the list's cursors are called by. */
  readonly list: () => string;
  /** 1 to 100. */
  readonly first: number;
  readonly after: CampaignPlace | undefined;
}

/**
 * One page of campaigns. Following `endCursor` costs one call a page, since it names the beginning of Klaviyo's next page. A cursor
 * from the middle asks for that page again, enlarged by what is skipped, and for a second one only where 100 are not enough, or where
 * Klaviyo's pages are thin or empty.
 */
export async function listCampaigns(
  client: KlaviyoClient,
  request: CampaignsRequest,
  limits: () => ReadLimits,
): Promise<CampaignConnection> {
  const { channel, first, list } = request;
  const nodes: Campaign[] = [];
  const pages: CampaignPage[] = [];
  let place: CampaignPlace | undefined = request.after ?? { pageCursor: undefined, skip: 0 };
  while (place && nodes.length < first && pages.length < MOST_PAGES) {
    const page = await readCampaignPage(client, request, { channel, place, wanted: first - nodes.length }, limits());
    for (const resource of page.resources) nodes.push(new Campaign(resource));
    pages.push(page);
    place = page.next;
  }
  const end = place;
  // Where there is no campaign, there is still a way on.
  const cursorAfter = (index: number) => encodeCampaignCursor(list(), (index < 0 && end) || placeAfter(pages, index));
  const hasPreviousPage = pages[0]?.hasPrevious ?? false;
  return new CampaignConnection(nodes, cursorAfter, { hasNextPage: end !== undefined, hasPreviousPage });
}

/** @param index counts the campaigns of all pages */
function placeAfter([page, ...later]: readonly CampaignPage[], index: number): CampaignPlace {
  if (!page) throw new RangeError("There is no such campaign on these pages.");
  const { length } = page.resources;
  return index < length ? page.placeAfter(index) : placeAfter(later, index - length);
}

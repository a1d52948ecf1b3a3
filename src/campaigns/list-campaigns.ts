import type { Channel } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { CampaignConnection, CampaignEdge } from "./campaign-connection.type.js";
import { type CampaignPlace, encodeCampaignCursor } from "./campaign-cursor.js";
import { type CampaignEntry, type CampaignsQuestion, readCampaignPage } from "./campaign-page.js";
import { Campaign } from "./campaign.type.js";

export interface CampaignsRequest extends CampaignsQuestion {
  readonly channel: Channel;
  /** What the list's cursors are called by. */
  readonly list: () => string;
  /** 1 to 100. */
  readonly first: number;
  readonly after: CampaignPlace | undefined;
}

/** A list that keeps answering empty pages ends here; its reader sees a short page and `hasNextPage`. */
const MOST_PAGES = 3;

/**
 * One page of campaigns. Following `endCursor` costs one call a page, since it names the beginning of Klaviyo's next page. A cursor
 * from the middle asks for that page again, enlarged by what is skipped, and for a second one only where 100 are not enough.
 */
export async function listCampaigns(
  client: KlaviyoClient,
  request: CampaignsRequest,
  limits: () => ReadLimits,
): Promise<CampaignConnection> {
  const { channel, first, list } = request;
  const entries: CampaignEntry[] = [];
  let place: CampaignPlace | undefined = request.after ?? { pageCursor: undefined, skip: 0 };
  let hasPreviousPage = false;
  for (let pages = 0; place && entries.length < first && pages < MOST_PAGES; pages++) {
    const page = await readCampaignPage(client, request, { channel, place, wanted: first - entries.length }, limits());
    if (pages === 0) hasPreviousPage = page.hasPrevious;
    entries.push(...page.entries);
    place = page.next;
  }
  const edges = entries.map(
    ({ resource, after }) => new CampaignEdge(new Campaign(resource), () => encodeCampaignCursor(list(), after)),
  );
  return new CampaignConnection(edges, { hasNextPage: place !== undefined, hasPreviousPage });
}

import { CAMPAIGNS_PAGE_MAXIMUM, type Channel, getCampaigns } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { CampaignConnection, CampaignEdge } from "./campaign-connection.type.js";
import { type CampaignPlace, encodeCampaignCursor } from "./campaign-cursor.js";
import { Campaign } from "./campaign.type.js";

export interface CampaignsRequest {
  readonly channel: Channel;
  /** Clauses of Klaviyo's filter, besides the channel. */
  readonly filter: readonly string[];
  readonly sort: string | undefined;
  /** What the list's cursors are called by. */
  readonly list: string;
  /** 1 to 100. */
  readonly first: number;
  readonly after: CampaignPlace | undefined;
  readonly resource: ResourceQuery;
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
  const edges: CampaignEdge[] = [];
  let place: CampaignPlace | undefined = request.after ?? { pageCursor: undefined, skip: 0 };
  let hasPreviousPage = place.skip > 0;
  for (let pages = 0; place && edges.length < request.first && pages < MOST_PAGES; pages++) {
    const page = await readPage(client, request, place, request.first - edges.length, limits());
    if (edges.length === 0) hasPreviousPage ||= page.hasPrevious;
    edges.push(...page.edges);
    place = page.next;
  }
  return {
    edges,
    nodes: edges.map((edge) => edge.node),
    pageInfo: {
      hasNextPage: place !== undefined,
      hasPreviousPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

interface PageOfEdges {
  readonly edges: readonly CampaignEdge[];
  /** Where the list goes on, undefined at its end. */
  readonly next: CampaignPlace | undefined;
  readonly hasPrevious: boolean;
}

async function readPage(
  client: KlaviyoClient,
  { channel, filter, sort, list, resource }: CampaignsRequest,
  place: CampaignPlace,
  wanted: number,
  limits: ReadLimits,
): Promise<PageOfEdges> {
  const pageSize = Math.min(CAMPAIGNS_PAGE_MAXIMUM, place.skip + wanted);
  const query = { channel, filter, sort, resource, pageSize, cursor: place.pageCursor };
  const { resources, nextCursor, hasPrevious } = await getCampaigns(client, query, limits);
  const next = nextCursor === undefined ? undefined : { pageCursor: nextCursor, skip: 0 };
  const edges = resources.map((resource, index): CampaignEdge => {
    // The last edge of a page is at the same time the beginning of the next one, which is the cheaper place to go on from.
    const isLast = index === resources.length - 1;
    const cursor = encodeCampaignCursor(list, isLast && next ? next : { ...place, skip: index + 1 });
    return { cursor, node: new Campaign(resource) };
  });
  return { edges: edges.slice(place.skip), next, hasPrevious };
}

import { getCampaign } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { FoundInOrder, ReadInOrder } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { Campaign } from "./campaign.type.js";
import { readCampaigns } from "./read-campaigns.js";

/**
 * Reads campaigns by their ids, in few calls where they are many.
 * @param limits is asked for each call, since the time that is left shrinks
 */
export function readCampaignViews(client: KlaviyoClient, limits: () => ReadLimits): ReadInOrder<Campaign> {
  return (ids, query) => {
    const [id, ...others] = ids;
    if (id === undefined) return Promise.resolve([]);
    return others.length === 0 ? readAlone(client, id, query, limits) : readTogether(client, ids, query, limits);
  };
}

/** What most are. */
function readAlone(
  client: KlaviyoClient,
  id: string,
  query: ResourceQuery,
  limits: () => ReadLimits,
): Promise<FoundInOrder<Campaign>> {
  return getCampaign(client, id, query, limits()).then(
    (read) => [read && new Campaign(read)],
    (error: unknown) => [asError(error)],
  );
}

async function readTogether(
  client: KlaviyoClient,
  ids: readonly string[],
  query: ResourceQuery,
  limits: () => ReadLimits,
): Promise<FoundInOrder<Campaign>> {
  const read = await readCampaigns(client, ids, query, limits);
  return read.map((campaign) => (campaign === null || campaign instanceof Error ? campaign : new Campaign(campaign)));
}

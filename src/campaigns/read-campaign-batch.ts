import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { attributesQuery, mergeQueries, type ResourceQuery } from "../klaviyo/resource-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { Campaign } from "./campaign.type.js";
import { readCampaigns } from "./read-campaigns.js";

/** One campaign that somebody wants to read. */
export interface CampaignKey {
  readonly id: string;
  readonly query: ResourceQuery;
}

/** Reads what a batch of keys asks for, each campaign once, with the union of what is asked for; answers in the order of the keys. */
export async function readCampaignBatch(
  client: KlaviyoClient,
  keys: readonly CampaignKey[],
  limits: () => ReadLimits,
): Promise<(Campaign | null | Error)[]> {
  const ids = [...new Set(keys.map((key) => key.id))];
  const [first = attributesQuery("campaign", []), ...rest] = keys.map((key) => key.query);
  const query = mergeQueries(first, ...rest);
  const byId = await readCampaigns(client, ids, query, limits);
  return keys.map(({ id }) => {
    const read = byId.get(id) ?? null;
    return read === null || read instanceof Error ? read : new Campaign(read);
  });
}

import { getCampaign } from "../klaviyo/campaigns-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ResourceKey } from "../klaviyo/loads-by-query.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import { mergeQueries } from "../klaviyo/resource-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { Campaign } from "./campaign.type.js";
import { readCampaigns } from "./read-campaigns.js";

/** Reads what a batch of keys asks for, each campaign once, with the union of what is asked for; answers in the order of the keys. */
export function readCampaignBatch(
  client: KlaviyoClient,
  keys: readonly ResourceKey[],
  limits: () => ReadLimits,
): Promise<(Campaign | null | Error)[]> {
  const [first, ...others] = keys;
  if (!first) return Promise.resolve([]);
  return others.length === 0 ? readAlone(client, first, limits) : readTogether(client, [first, ...others], limits);
}

/** What most batches are. */
function readAlone(
  client: KlaviyoClient,
  { id, query }: ResourceKey,
  limits: () => ReadLimits,
): Promise<(Campaign | null | Error)[]> {
  return getCampaign(client, id, query, limits()).then(
    (read) => [read && new Campaign(read)],
    (error: unknown) => [asError(error)],
  );
}

async function readTogether(
  client: KlaviyoClient,
  keys: readonly [ResourceKey, ...ResourceKey[]],
  limits: () => ReadLimits,
): Promise<(Campaign | null | Error)[]> {
  const ids = [...new Set(keys.map((key) => key.id))];
  const query = mergeQueries(keys[0].query, ...keys.map((key) => key.query));
  const byId = await readCampaigns(client, ids, query, limits);
  return keys.map(({ id }) => {
    const read = byId.get(id) ?? null;
    return read === null || read instanceof Error ? read : new Campaign(read);
  });
}

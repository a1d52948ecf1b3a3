import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { Campaign } from "./campaign.type.js";
import { readCampaigns } from "./read-campaigns.js";

/** One campaign that somebody wants to read. */
export interface CampaignKey {
  readonly id: string;
  /** Values of `fields[campaign]`. */
  readonly attributes: readonly string[];
}

/** Reads what a batch of keys asks for, each campaign once with the union of its fields; answers in the order of the keys. */
export async function readCampaignBatch(
  client: KlaviyoClient,
  keys: readonly CampaignKey[],
  limits: ReadLimits,
): Promise<(Campaign | null | Error)[]> {
  const ids = [...new Set(keys.map((key) => key.id))];
  const attributes = [...new Set(keys.flatMap((key) => key.attributes))].toSorted();
  const byId = await readCampaigns(client, ids, attributes, limits);
  return keys.map(({ id }) => {
    const read = byId.get(id) ?? null;
    return read === null || read instanceof Error ? read : new Campaign(read);
  });
}

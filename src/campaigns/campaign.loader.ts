import DataLoader from "dataloader";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { LoadsByQuery, type ResourceKey } from "../klaviyo/loads-by-query.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Campaign } from "./campaign.type.js";
import { readCampaignBatch } from "./read-campaign-batch.js";

/** Reads campaigns by id for one request. Everything asked for in one tick is one batch, with the union of its fields. */
export class CampaignLoader {
  private readonly loader: DataLoader<ResourceKey, Campaign | null>;

  /** @param limits is asked for each call, since the time that is left shrinks. */
  constructor(client: KlaviyoClient, limits: () => ReadLimits) {
    this.loader = new DataLoader((keys) => readCampaignBatch(client, keys, limits), {
      cacheMap: new LoadsByQuery(),
    });
  }

  /** @returns null when Klaviyo has no such campaign. @throws KlaviyoError */
  load(id: string, query: ResourceQuery): Promise<Campaign | null> {
    return this.loader.load({ id, query });
  }
}

import DataLoader from "dataloader";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { FoundInOrder } from "../klaviyo/resource-loader.js";
import { getCampaignSendJob } from "../klaviyo/send-jobs-api.js";
import { CampaignSendJob } from "./campaign-send-job.type.js";

/** Reads send jobs for one request: each at most once. Klaviyo cannot be asked for several of them in one call. */
export class CampaignSendJobLoader {
  private readonly loader: DataLoader<string, CampaignSendJob | null>;

  constructor(client: KlaviyoClient, limits: () => ReadLimits) {
    this.loader = new DataLoader((ids) => {
      const reads = ids.map(async (id) => {
        const resource = await getCampaignSendJob(client, id, limits());
        return resource && new CampaignSendJob(resource);
      });
      return Promise.all(reads.map((read) => read.catch((error: Error) => error)));
    });
  }

  /** @returns null when there is no such job. @throws KlaviyoError */
  load(id: string): Promise<CampaignSendJob | null> {
    return this.loader.load(id);
  }

  /** Many that are wanted together, each in its place. It does not throw. */
  loadAll(ids: readonly string[]): Promise<FoundInOrder<CampaignSendJob>> {
    return this.loader.loadMany(ids);
  }
}

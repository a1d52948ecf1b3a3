import DataLoader from "dataloader";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { LoadsByQuery, type ResourceKey } from "../klaviyo/loads-by-query.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import { nullWhenNotFound, type ReadLimits } from "../klaviyo/reading.js";
import { mergeQueries, type ResourceQuery } from "../klaviyo/resource-query.js";
import { getPage } from "../klaviyo/resources-api.js";
import { CampaignMessage } from "./campaign-message.type.js";
import { withIncludesSettled } from "./linkage.js";

type Messages = readonly CampaignMessage[] | null;

/** Reads the messages of campaigns that came without them, for one request: one call for each campaign. */
export class MessagesOfCampaignLoader {
  private readonly loader: DataLoader<ResourceKey, Messages>;

  constructor(
    private readonly client: KlaviyoClient,
    private readonly limits: () => ReadLimits,
  ) {
    this.loader = new DataLoader((keys) => this.readBatch(keys), {
      cacheMap: new LoadsByQuery(),
    });
  }

  /** @returns null when the campaign is gone. @throws KlaviyoError */
  load(campaignId: string, query: ResourceQuery): Promise<Messages> {
    return this.loader.load({ id: campaignId, query });
  }

  private async readBatch(keys: readonly ResourceKey[]): Promise<(Messages | Error)[]> {
    const [first, ...rest] = keys.map((key) => key.query);
    if (!first) return [];
    const query = mergeQueries(first, ...rest);
    const reads = new Map<string, Promise<Messages | Error>>();
    for (const { id } of keys) if (!reads.has(id)) reads.set(id, this.read(id, query).catch(asError));
    return Promise.all(keys.map(({ id }) => reads.get(id) ?? null));
  }

  private async read(id: string, resource: ResourceQuery): Promise<Messages> {
    const operation = OPERATIONS.getMessagesForCampaign;
    const page = await nullWhenNotFound(getPage(this.client, operation, { id, resource }, this.limits()));
    return page && page.resources.map((m) => new CampaignMessage(withIncludesSettled(m, resource), id));
  }
}

import DataLoader from "dataloader";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import { nullWhenNotFound, type ReadLimits } from "../klaviyo/reading.js";
import { mergeQueries, queryKey, type ResourceQuery } from "../klaviyo/resource-query.js";
import { getPage } from "../klaviyo/resources-api.js";
import { CampaignMessage } from "./campaign-message.type.js";
import { withIncludesSettled } from "./linkage.js";

interface MessagesKey {
  readonly campaignId: string;
  readonly query: ResourceQuery;
}

type Messages = readonly CampaignMessage[] | null;

/** Reads the messages of campaigns that came without them, for one request: one call for each campaign. */
export class MessagesOfCampaignLoader {
  private readonly loader: DataLoader<MessagesKey, Messages, string>;

  constructor(
    private readonly client: KlaviyoClient,
    private readonly limits: () => ReadLimits,
  ) {
    this.loader = new DataLoader((keys) => this.readBatch(keys), {
      cacheKeyFn: ({ campaignId, query }) => `${campaignId} ${queryKey(query)}`,
    });
  }

  /** @returns null when the campaign is gone. @throws KlaviyoError */
  load(campaignId: string, query: ResourceQuery): Promise<Messages> {
    return this.loader.load({ campaignId, query });
  }

  private async readBatch(keys: readonly MessagesKey[]): Promise<(Messages | Error)[]> {
    const [first, ...rest] = keys.map((key) => key.query);
    if (!first) return [];
    const query = mergeQueries(first, ...rest);
    const reads = new Map<string, Promise<Messages | Error>>();
    for (const { campaignId } of keys)
      if (!reads.has(campaignId)) reads.set(campaignId, this.read(campaignId, query).catch(asError));
    return Promise.all(keys.map(({ campaignId }) => reads.get(campaignId) ?? null));
  }

  private async read(id: string, resource: ResourceQuery): Promise<Messages> {
    const operation = OPERATIONS.getMessagesForCampaign;
    const page = await nullWhenNotFound(getPage(this.client, operation, { id, resource }, this.limits()));
    return page && page.resources.map((m) => new CampaignMessage(withIncludesSettled(m, resource), id));
  }
}

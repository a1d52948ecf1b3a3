import type { CampaignsContext } from "../campaigns/campaigns.context.js";
import type { ContentContext } from "../content/content.context.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { readOneByOne } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { createLoader, type ReadResources, type ResourceLoader } from "../klaviyo/resource-loader.js";
import { CampaignMessage } from "./campaign-message.type.js";
import { withIncludesSettled } from "./linkage.js";
import { MessagesOfCampaignLoader } from "./messages-of-campaign.loader.js";

/** What the messages feature adds to a request. */
export interface MessagesSlice {
  readonly campaignMessages: ResourceLoader<CampaignMessage>;
  readonly messagesOfCampaign: MessagesOfCampaignLoader;
}

/** What the messages feature needs of a request. */
export type MessagesContext = MessagesSlice & ContentContext & CampaignsContext;

export function createMessagesContext(client: KlaviyoClient, limits: () => ReadLimits): MessagesSlice {
  return {
    campaignMessages: createLoader((resource) => new CampaignMessage(resource), readMessages(client, limits)),
    messagesOfCampaign: new MessagesOfCampaignLoader(client, limits),
  };
}

/** Klaviyo cannot be asked for several messages in one call. */
function readMessages(client: KlaviyoClient, limits: () => ReadLimits): ReadResources {
  return async (ids, query) => {
    const byId = await readOneByOne(client, OPERATIONS.getCampaignMessage, ids, query, limits());
    const settle = [...byId].map(([id, read]) => {
      const isMessage = read !== null && !(read instanceof Error);
      return [id, isMessage ? withIncludesSettled(read, query) : read] as const;
    });
    return new Map(settle);
  };
}

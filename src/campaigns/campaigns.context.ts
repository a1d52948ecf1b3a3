import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { ResourceLoader } from "../klaviyo/resource-loader.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Campaign } from "./campaign.type.js";
import { readCampaignViews } from "./read-campaign-views.js";

/** What the campaigns feature adds to a request. */
export interface CampaignsSlice {
  readonly campaigns: ResourceLoader<Campaign>;
}

/** What the campaigns feature needs of a request. */
export interface CampaignsContext extends CampaignsSlice {
  /** Klaviyo, as the caller's account sees it. */
  readonly client: KlaviyoClient;
  /** Ends with the client that asked, and with the time that a query may take. */
  readonly readLimits: () => ReadLimits;
}

export function createCampaignsContext(client: KlaviyoClient, limits: () => ReadLimits): CampaignsSlice {
  return { campaigns: new ResourceLoader(readCampaignViews(client, limits)) };
}

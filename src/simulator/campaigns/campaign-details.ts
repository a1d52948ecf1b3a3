import type { JsonObject } from "../json.js";
import type { SeedCampaign, SeedChannel } from "./seed-campaign.js";

/** What a draft lets people edit. */
export interface CampaignDetails {
  readonly name: string;
  readonly audiences: { readonly included: readonly string[]; readonly excluded: readonly string[] };
  readonly usesSmartSending: boolean;
  /** As Klaviyo spells it. */
  readonly trackingOptions: JsonObject | null;
  /** As Klaviyo spells it. */
  readonly sendStrategy: JsonObject;
}

export function detailsOf(seed: SeedCampaign): CampaignDetails {
  const { trackingOptions, audiences } = seed;
  return {
    name: seed.name ?? `Campaign ${seed.id}`,
    audiences: { included: audiences?.included ?? ["Y6nRLr"], excluded: audiences?.excluded ?? [] },
    usesSmartSending: seed.usesSmartSending ?? true,
    trackingOptions: trackingOptions === undefined ? defaultTracking(seed.channel ?? "email") : trackingOptions,
    sendStrategy: seed.sendStrategy ?? { method: "immediate" },
  };
}

/** Which options there are depends on the channel; a push has none. */
export function defaultTracking(channel: SeedChannel): JsonObject | null {
  const shared = { add_tracking_params: true, custom_tracking_params: [] };
  switch (channel) {
    case "email":
      return { ...shared, is_tracking_clicks: true, is_tracking_opens: true };
    case "sms":
      return shared;
    case "mobile_push":
      return null;
  }
}

import { campaignResource } from "../../resources/campaign-resource.js";
import { relatedAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findMessage } from "../find-message.js";

export const getCampaignForCampaignMessage: Route = {
  operation: "get_campaign_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/campaign",
  since: "2023-07-15",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign]": FIELDSETS.campaign },
  handle: (call) => {
    const { campaign } = findMessage(call, call.id);
    return relatedAnswer(call, campaignResource(campaign, call));
  },
};

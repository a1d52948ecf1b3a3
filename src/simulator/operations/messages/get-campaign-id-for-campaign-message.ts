import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findMessage } from "../find-message.js";

export const getCampaignIdForCampaignMessage: Route = {
  operation: "get_campaign_id_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/relationships/campaign",
  since: "2023-07-15",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    const { campaign } = findMessage(call, call.id);
    return linkageAnswer(call, { type: "campaign", id: campaign.id });
  },
};

import { imageOf } from "../../resources/campaign-message-resource.js";
import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findMessage } from "../find-message.js";

export const getImageIdForCampaignMessage: Route = {
  operation: "get_image_id_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/relationships/image",
  since: "2025-01-15",
  scopes: ["campaigns:read", "images:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    return linkageAnswer(call, imageOf(findMessage(call, call.id).message));
  },
};

import { templateOf } from "../../resources/campaign-message-resource.js";
import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findMessage } from "../find-message.js";

export const getTemplateIdForCampaignMessage: Route = {
  operation: "get_template_id_for_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}/relationships/template",
  since: "2023-07-15",
  scopes: ["campaigns:read", "templates:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    return linkageAnswer(call, templateOf(findMessage(call, call.id).message));
  },
};

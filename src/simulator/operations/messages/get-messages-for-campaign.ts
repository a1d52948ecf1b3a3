import { messageResources } from "../../resources/campaign-message-resource.js";
import { relatedListAnswer } from "../../resources/document.js";
import { includedOfMessages } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { findCampaign } from "../find-campaign.js";
import { MESSAGE_PARAMETERS } from "./message-parameters.js";

export const getMessagesForCampaign: Route = {
  operation: "get_messages_for_campaign",
  method: "GET",
  path: "/api/campaigns/{id}/campaign-messages",
  since: "2023-07-15",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: MESSAGE_PARAMETERS,
  handle: (call) => {
    const campaign = findCampaign(call, call.id);
    const messages = campaign.messages.map((message) => ({ campaign, message }));
    return relatedListAnswer(call, messageResources(campaign, call), includedOfMessages(messages, call));
  },
};

import { messageResource } from "../../resources/campaign-message-resource.js";
import { singleAnswer } from "../../resources/document.js";
import { includedOfMessages } from "../../resources/included.js";
import type { Route } from "../../route.js";
import { findMessage } from "../find-message.js";
import { MESSAGE_PARAMETERS } from "./message-parameters.js";

export const getCampaignMessage: Route = {
  operation: "get_campaign_message",
  method: "GET",
  path: "/api/campaign-messages/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: MESSAGE_PARAMETERS,
  handle: (call) => {
    const found = findMessage(call, call.id);
    return singleAnswer(call, 200, messageResource(found, call), includedOfMessages([found], call));
  },
};

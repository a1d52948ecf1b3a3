import { messageIdsOf } from "../../resources/campaign-message-resource.js";
import { linkageAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { findCampaign } from "../find-campaign.js";

export const getMessageIdsForCampaign: Route = {
  operation: "get_message_ids_for_campaign",
  method: "GET",
  path: "/api/campaigns/{id}/relationships/campaign-messages",
  since: "2023-07-15",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    const ids = messageIdsOf(findCampaign(call, call.id));
    return linkageAnswer(
      call,
      ids.map((id) => ({ type: "campaign-message", id })),
    );
  },
};

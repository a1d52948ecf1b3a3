import { singleAnswer } from "../../resources/document.js";
import { estimationResource } from "../../resources/estimation-resources.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";

export const getCampaignRecipientEstimation: Route = {
  operation: "get_campaign_recipient_estimation",
  method: "GET",
  path: "/api/campaign-recipient-estimations/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign-recipient-estimation]": FIELDSETS["campaign-recipient-estimation"] },
  handle: (call) => {
    const { id, estimation } = findCampaign(call, call.id);
    return singleAnswer(call, 200, estimationResource(id, estimation.countAt(call.nowMs), call));
  },
};

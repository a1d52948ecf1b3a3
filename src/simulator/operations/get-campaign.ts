import { campaignResource } from "../resources/campaign-resource.js";
import { singleAnswer } from "../resources/document.js";
import { includedOf } from "../resources/included.js";
import type { Route } from "../route.js";
import { FIELDSETS } from "../rules/fieldsets.js";
import { findCampaign } from "./find-campaign.js";

export const getCampaign: Route = {
  operation: "get_campaign",
  method: "GET",
  path: "/api/campaigns/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[campaign]": FIELDSETS.campaign,
    "fields[campaign-message]": FIELDSETS["campaign-message"],
    "fields[tag]": FIELDSETS.tag,
    include: { kind: "list", values: ["campaign-messages", "tags"] },
  },
  handle: (call) => {
    const campaign = findCampaign(call, call.id);
    return singleAnswer(call, 200, campaignResource(campaign, call), includedOf([campaign], call));
  },
};

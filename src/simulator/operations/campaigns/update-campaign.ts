import { decodeCampaignChanges } from "../../bodies/campaign-body.js";
import { campaignResource } from "../../resources/campaign-resource.js";
import { singleAnswer } from "../../resources/document.js";
import type { Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";
import { requireDraft } from "../require-draft.js";

export const updateCampaign: Route = {
  operation: "update_campaign",
  method: "PATCH",
  path: "/api/campaigns/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign]": ofWrite(FIELDSETS.campaign) },
  handle: (call) => {
    const campaign = findCampaign(call, call.id);
    const changes = decodeCampaignChanges(call.body, campaign, call.account);
    requireDraft(campaign, call.nowMs);
    campaign.edit(changes, call.nowMs);
    return singleAnswer(call, 200, campaignResource(campaign, call));
  },
};

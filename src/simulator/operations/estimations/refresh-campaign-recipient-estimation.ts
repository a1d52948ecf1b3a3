import { decodeResource } from "../../bodies/decode-resource.js";
import { singleAnswer } from "../../resources/document.js";
import { estimationJobResource } from "../../resources/estimation-resources.js";
import type { Route } from "../../route.js";
import { FIELDSETS, ofWrite } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";

/** Starts a job; the count of the estimation changes when the clock has passed its end. */
export const refreshCampaignRecipientEstimation: Route = {
  operation: "refresh_campaign_recipient_estimation",
  method: "POST",
  path: "/api/campaign-recipient-estimation-jobs",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[campaign-recipient-estimation-job]": ofWrite(FIELDSETS["campaign-recipient-estimation-job"]),
  },
  handle: (call) => {
    const { id } = decodeResource(call.body, "campaign-recipient-estimation-job", {});
    const { estimation, seed, details } = findCampaign(call, id);
    const { included, excluded } = details.audiences;
    estimation.refresh(seed.refreshedRecipients ?? call.account.membersOf(included, excluded), call.nowMs);
    return singleAnswer(call, 202, estimationJobResource(id, estimation.jobStatusAt(call.nowMs) ?? "queued", call));
  },
};

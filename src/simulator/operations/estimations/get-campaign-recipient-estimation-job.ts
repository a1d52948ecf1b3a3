import { notFound } from "../../http/api-error.js";
import { singleAnswer } from "../../resources/document.js";
import { estimationJobResource } from "../../resources/estimation-resources.js";
import type { Route } from "../../route.js";
import { FIELDSETS } from "../../rules/fieldsets.js";
import { findCampaign } from "../find-campaign.js";

export const getCampaignRecipientEstimationJob: Route = {
  operation: "get_campaign_recipient_estimation_job",
  method: "GET",
  path: "/api/campaign-recipient-estimation-jobs/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign-recipient-estimation-job]": FIELDSETS["campaign-recipient-estimation-job"] },
  handle: (call) => {
    const { id, estimation } = findCampaign(call, call.id);
    const status = estimation.jobStatusAt(call.nowMs);
    // A29: a job that nobody started does not exist.
    if (status === undefined) throw notFound(`Campaign ${id} has no recipient estimation job.`);
    return singleAnswer(call, 200, estimationJobResource(id, status, call));
  },
};

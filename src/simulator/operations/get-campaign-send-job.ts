import { sendJobStatusOf } from "../campaigns/campaign-status.js";
import { notFound } from "../http/api-error.js";
import { singleAnswer } from "../resources/document.js";
import { sendJobResource } from "../resources/send-job-resource.js";
import type { Route } from "../route.js";
import { FIELDSETS } from "../rules/fieldsets.js";
import { findCampaign } from "./find-campaign.js";

export const getCampaignSendJob: Route = {
  operation: "get_campaign_send_job",
  method: "GET",
  path: "/api/campaign-send-jobs/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: { "fields[campaign-send-job]": FIELDSETS["campaign-send-job"] },
  handle: (call) => {
    const campaign = findCampaign(call, call.id);
    if (!campaign.hasSendJob(call.nowMs)) throw notFound(`Campaign ${call.id} has no send job.`);
    const status = sendJobStatusOf(campaign.statusAt(call.nowMs));
    return singleAnswer(call, 200, sendJobResource(campaign.id, status, call));
  },
};

import { sendJobStatusOf } from "../campaigns/campaign-status.js";
import { invalidBody } from "../http/api-error.js";
import { singleAnswer } from "../resources/document.js";
import { sendJobResource } from "../resources/send-job-resource.js";
import type { Route } from "../route.js";
import { FIELDSETS } from "../rules/fieldsets.js";
import { findCampaign } from "./find-campaign.js";
import { decodeSendJobData } from "./send-job-body.js";

export const sendCampaign: Route = {
  operation: "send_campaign",
  method: "POST",
  path: "/api/campaign-send-jobs",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[campaign-send-job]": { ...FIELDSETS["campaign-send-job"], since: "2026-04-15" },
  },
  handle: (call) => {
    const campaign = findCampaign(call, decodeSendJobData(call.body).id);
    const status = campaign.statusAt(call.nowMs);
    // A19: no page says what may be sent; a draft surely may.
    if (status !== "Draft") throw invalidBody("/data/id", `A campaign in status '${status}' cannot be sent.`);
    campaign.send(call.nowMs);
    const jobStatus = sendJobStatusOf(campaign.statusAt(call.nowMs));
    return singleAnswer(call, 202, sendJobResource(campaign.id, jobStatus, call));
  },
};

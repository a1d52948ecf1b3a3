import type { EstimationJobStatus } from "../campaigns/recipient-estimation.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { type Resource, urlOf } from "./document.js";

/** An estimation and its job have the id of their campaign. */
export function estimationResource(campaignId: string, count: number, call: Call): Resource {
  const attributes = { estimated_recipient_count: count };
  return {
    type: "campaign-recipient-estimation",
    id: campaignId,
    attributes: sparse(attributes, listOf(call.query, "fields[campaign-recipient-estimation]")),
    links: { self: urlOf(call, "campaign-recipient-estimations", campaignId) },
  };
}

export function estimationJobResource(campaignId: string, status: EstimationJobStatus, call: Call): Resource {
  return {
    type: "campaign-recipient-estimation-job",
    id: campaignId,
    attributes: sparse({ status }, listOf(call.query, "fields[campaign-recipient-estimation-job]")),
    links: { self: urlOf(call, "campaign-recipient-estimation-jobs", campaignId) },
  };
}

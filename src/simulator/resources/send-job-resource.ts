import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { type Resource, urlOf } from "./document.js";

/** A send job has the id of its campaign. */
export function sendJobResource(campaignId: string, status: string, call: Call): Resource {
  return {
    type: "campaign-send-job",
    id: campaignId,
    attributes: sparse({ status }, listOf(call.query, "fields[campaign-send-job]")),
    links: { self: urlOf(call, "campaign-send-jobs", campaignId) },
  };
}

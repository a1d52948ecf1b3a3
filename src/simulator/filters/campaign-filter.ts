import { CAMPAIGN_STATUSES } from "../campaigns/campaign-status.js";
import { SEED_CHANNELS } from "../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { Revision } from "../rules/revision.js";
import { decodeFilter, type FilterRules, invalidFilter, MOMENT } from "./filter-rule.js";
import { type FilterValue, holds } from "./holds.js";

export const CAMPAIGN_FILTERS: FilterRules = {
  id: { since: "2025-07-15", single: [], list: ["any"], value: "string" },
  "messages.channel": { single: ["equals"], list: [], value: "string", legal: SEED_CHANNELS },
  name: { single: ["contains"], list: [], value: "string" },
  status: { single: ["equals"], list: ["any", "equals"], value: "string", legal: CAMPAIGN_STATUSES },
  archived: { single: ["equals"], list: [], value: "boolean" },
  created_at: MOMENT,
  scheduled_at: MOMENT,
  updated_at: MOMENT,
};

/** The predicate of a `filter` parameter; a 400 for what it may not hold. */
export function decodeCampaignFilter(
  text: string | undefined,
  revision: Revision,
  nowMs: number,
): (campaign: SimulatedCampaign) => boolean {
  const terms = decodeFilter(text ?? "", text ? CAMPAIGN_FILTERS : noFilter(), revision);
  const has = (field: string) => terms.some((term) => term.field === field);
  if (!has("messages.channel")) noFilter();
  return (campaign) =>
    // A10: integrators see archived campaigns only when they ask for them.
    (has("archived") || !campaign.isArchived) &&
    terms.every((term) => holds(term, actualValue(term.field, campaign, nowMs)));
}

function noFilter(): never {
  throw invalidFilter("A channel filter is required to list campaigns.");
}

function actualValue(field: string, campaign: SimulatedCampaign, nowMs: number): FilterValue | undefined {
  const values: Readonly<Record<string, FilterValue | undefined>> = {
    id: campaign.id,
    "messages.channel": campaign.channel,
    name: campaign.name,
    status: campaign.statusAt(nowMs),
    archived: campaign.isArchived,
    created_at: campaign.createdAtMs,
    scheduled_at: campaign.scheduledAtMs(nowMs),
    updated_at: campaign.updatedAtMs(nowMs),
  };
  return values[field];
}

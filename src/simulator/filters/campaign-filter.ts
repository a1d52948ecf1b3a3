import { CAMPAIGN_STATUSES } from "../campaigns/campaign-status.js";
import { SEED_CHANNELS } from "../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { Revision } from "../rules/revision.js";
import { type CheckedTerm, decodeFilter, type FilterRule, type FilterRules, invalidFilter } from "./filter-rule.js";

const MOMENT: FilterRule = {
  single: ["greater-or-equal", "greater-than", "less-or-equal", "less-than"],
  list: [],
  value: "datetime",
};

const CAMPAIGN_FILTERS: FilterRules = {
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
    (has("archived") || !campaign.isArchived) && terms.every((term) => holds(term, campaign, nowMs));
}

function noFilter(): never {
  throw invalidFilter("A channel filter is required to list campaigns.");
}

function holds({ field, operator, values }: CheckedTerm, campaign: SimulatedCampaign, nowMs: number): boolean {
  const actual = actualValue(field, campaign, nowMs);
  if (actual === undefined) return false;
  // A13: `equals` with a list asks the same as `any`.
  if (operator === "equals" || operator === "any") return values.includes(actual);
  const [wanted = ""] = values;
  if (operator === "contains") return String(actual).includes(String(wanted));
  return compare(operator, Number(actual), Number(wanted));
}

function compare(operator: string, actual: number, wanted: number): boolean {
  if (operator === "greater-than") return actual > wanted;
  if (operator === "greater-or-equal") return actual >= wanted;
  return operator === "less-than" ? actual < wanted : actual <= wanted;
}

function actualValue(field: string, campaign: SimulatedCampaign, nowMs: number): string | boolean | number | undefined {
  const values: Readonly<Record<string, string | boolean | number | undefined>> = {
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

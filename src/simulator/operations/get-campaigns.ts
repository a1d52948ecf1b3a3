import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import { CAMPAIGN_FILTERS, decodeCampaignFilter } from "../filters/campaign-filter.js";
import { answerPage, sortRule } from "../paging/collection.js";
import { keysetPage, type Page } from "../paging/keyset-page.js";
import { campaignResource } from "../resources/campaign-resource.js";
import { dateTime } from "../resources/document.js";
import { includedOf } from "../resources/included.js";
import type { Call, Route } from "../route.js";
import { FIELDSETS } from "../rules/fieldsets.js";

const SORTABLE = ["created_at", "id", "name", "scheduled_at", "updated_at"];

export const getCampaigns: Route = {
  operation: "get_campaigns",
  method: "GET",
  path: "/api/campaigns",
  since: "2023-02-22",
  scopes: ["campaigns:read"],
  limit: { burst: 10, steady: 150 },
  parameters: {
    "fields[campaign]": FIELDSETS.campaign,
    "fields[campaign-message]": FIELDSETS["campaign-message"],
    "fields[tag]": FIELDSETS.tag,
    filter: { kind: "text" },
    include: { kind: "list", values: ["campaign-messages", "tags"] },
    "page[cursor]": { kind: "text" },
    "page[size]": { kind: "integer", min: 1, max: 100, since: "2026-04-15" },
    ...sortRule(SORTABLE),
  },
  filters: CAMPAIGN_FILTERS,
  handle: (call) => {
    const page = pageOf(call);
    return answerPage(call, page, (campaign) => campaignResource(campaign, call), includedOf(page.items, call));
  },
};

function pageOf(call: Call): Page<SimulatedCampaign> {
  const matches = decodeCampaignFilter(call.query.get("filter"), call.revision, call.nowMs);
  // A11: which order is the default is not documented.
  const sort = call.query.get("sort") ?? "-created_at";
  const field = sort.replace(/^-/, "");
  return keysetPage({
    items: call.store.all().filter(matches),
    keyOf: (campaign) => [sortValue(field, campaign, call.nowMs), campaign.id],
    isDescending: sort.startsWith("-"),
    size: Number(call.query.get("page[size]") ?? 100),
    cursor: call.query.get("page[cursor]"),
  });
}

/** A11: a campaign without the value comes first in rising order. Moments of one form compare as text. */
function sortValue(field: string, campaign: SimulatedCampaign, nowMs: number): string {
  const moments: Readonly<Record<string, number | undefined>> = {
    created_at: campaign.createdAtMs,
    scheduled_at: campaign.scheduledAtMs(nowMs),
    updated_at: campaign.updatedAtMs(nowMs),
  };
  if (field === "name") return campaign.name;
  const ms = moments[field];
  return ms === undefined ? "" : dateTime(ms);
}

import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { messageIdsOf } from "./campaign-message-resource.js";
import { dateTime, relationship, type Resource, urlOf } from "./document.js";

export function campaignResource(campaign: SimulatedCampaign, call: Call): Resource {
  return {
    type: "campaign",
    id: campaign.id,
    attributes: sparse(attributesOf(campaign, call.nowMs), listOf(call.query, "fields[campaign]")),
    relationships: relationshipsOf(campaign, call),
    links: { self: urlOf(call, "campaigns", campaign.id) },
  };
}

function attributesOf(campaign: SimulatedCampaign, nowMs: number): JsonObject {
  const { seed } = campaign;
  return {
    name: campaign.name,
    status: campaign.statusAt(nowMs),
    archived: campaign.isArchived,
    audiences: {
      included: seed.audiences?.included ?? ["Y6nRLr"],
      excluded: seed.audiences?.excluded ?? [],
    },
    send_options: { use_smart_sending: seed.usesSmartSending ?? true },
    tracking_options: trackingOptions(campaign),
    send_strategy: seed.sendStrategy ?? { method: "immediate" },
    created_at: dateTime(campaign.createdAtMs),
    scheduled_at: optionalDateTime(campaign.scheduledAtMs(nowMs)),
    updated_at: dateTime(campaign.updatedAtMs(nowMs)),
    send_time: optionalDateTime(campaign.sendTimeMs(nowMs)),
  };
}

/** Which options there are depends on the channel; a push has none. */
function trackingOptions({ channel }: SimulatedCampaign): JsonObject | null {
  const shared = { add_tracking_params: true, custom_tracking_params: [] };
  switch (channel) {
    case "email":
      return { ...shared, is_tracking_clicks: true, is_tracking_opens: true };
    case "sms":
      return shared;
    case "mobile_push":
      return null;
  }
}

function relationshipsOf(campaign: SimulatedCampaign, call: Call): JsonObject {
  const included = listOf(call.query, "include") ?? [];
  const messages = messageIdsOf(campaign).map((id) => ({ type: "campaign-message", id }));
  const tags = (campaign.seed.tags ?? []).map(({ id }) => ({ type: "tag", id }));
  const linkage = (name: string, data: readonly unknown[]) => (included.includes(name) ? data : undefined);
  return {
    "campaign-messages": relationship(
      call,
      ["campaigns", campaign.id, "campaign-messages"],
      linkage("campaign-messages", messages),
    ),
    tags: relationship(call, ["campaigns", campaign.id, "tags"], linkage("tags", tags)),
  };
}

function optionalDateTime(ms: number | undefined): string | null {
  return ms === undefined ? null : dateTime(ms);
}

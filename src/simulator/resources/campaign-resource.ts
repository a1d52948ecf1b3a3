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
  const { name, audiences, usesSmartSending, trackingOptions, sendStrategy } = campaign.details;
  return {
    name,
    status: campaign.statusAt(nowMs),
    archived: campaign.isArchived,
    audiences,
    send_options: { use_smart_sending: usesSmartSending },
    tracking_options: trackingOptions,
    send_strategy: sendStrategy,
    created_at: dateTime(campaign.createdAtMs),
    scheduled_at: optionalDateTime(campaign.scheduledAtMs(nowMs)),
    updated_at: dateTime(campaign.updatedAtMs(nowMs)),
    send_time: optionalDateTime(campaign.sendTimeMs(nowMs)),
  };
}

function relationshipsOf(campaign: SimulatedCampaign, call: Call): JsonObject {
  const included = listOf(call.query, "include") ?? [];
  const messages = messageIdsOf(campaign).map((id) => ({ type: "campaign-message", id }));
  const tags = campaign.tags.map(({ id }) => ({ type: "tag", id }));
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

import type { FoundMessage } from "../campaigns/campaign-store.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { SimulatedMessage } from "../campaigns/simulated-message.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { dateTime, type Identifier, relationship, type Resource, urlOf } from "./document.js";

export function messageResource(found: FoundMessage, call: Call): Resource {
  const { id } = found.message;
  return {
    type: "campaign-message",
    id,
    attributes: sparse(attributesOf(found, call.nowMs), listOf(call.query, "fields[campaign-message]")),
    relationships: messageRelationships(found, call),
    links: { self: urlOf(call, "campaign-messages", id) },
  };
}

export function messageResources(campaign: SimulatedCampaign, call: Call): readonly Resource[] {
  return campaign.messages.map((message) => messageResource({ campaign, message }, call));
}

export function messageIdsOf(campaign: SimulatedCampaign): readonly string[] {
  return campaign.messages.map(({ id }) => id);
}

/** What both shapes of a message share. */
export function messageTimes({ campaign, message }: FoundMessage, nowMs: number): JsonObject {
  const sendTimeMs = campaign.sendTimeMs(nowMs);
  const sendTimes = sendTimeMs === undefined ? [] : [{ datetime: dateTime(sendTimeMs), is_local: false }];
  return {
    send_times: sendTimes,
    created_at: dateTime(campaign.createdAtMs),
    updated_at: dateTime(Math.max(campaign.updatedAtMs(nowMs), message.editedAtMs)),
  };
}

export function templateOf({ details }: SimulatedMessage): Identifier | null {
  return details.templateId === undefined ? null : { type: "template", id: details.templateId };
}

export function imageOf({ details }: SimulatedMessage): Identifier | null {
  return details.imageId === undefined ? null : { type: "image", id: details.imageId };
}

/** Only e-mails have a template, only the others an image. */
export function messageRelationships({ campaign, message }: FoundMessage, call: Call): JsonObject {
  const included = listOf(call.query, "include") ?? [];
  // The schema has no null here: what is not there has no linkage.
  const linkage = (name: string, data: Identifier | null) =>
    included.includes(name) ? (data ?? undefined) : undefined;
  const to = (name: string, data: Identifier | null) => ({
    [name]: relationship(call, ["campaign-messages", message.id, name], linkage(name, data)),
  });
  return {
    ...to("campaign", { type: "campaign", id: campaign.id }),
    ...(campaign.channel === "email" ? to("template", templateOf(message)) : to("image", imageOf(message))),
  };
}

function attributesOf(found: FoundMessage, nowMs: number): JsonObject {
  return { definition: found.message.details.definition, ...messageTimes(found, nowMs) };
}

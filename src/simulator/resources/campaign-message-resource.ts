import type { SeedMessage } from "../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { sparse } from "../rules/fieldsets.js";
import { listOf } from "../rules/query.js";
import { dateTime, relationship, type Resource, urlOf } from "./document.js";

export function messageResources(campaign: SimulatedCampaign, call: Call): readonly Resource[] {
  const fields = listOf(call.query, "fields[campaign-message]");
  return messagesOf(campaign).map((message, index) => {
    const id = messageId(campaign, message, index);
    return {
      type: "campaign-message",
      id,
      attributes: sparse(attributesOf(campaign, message, call.nowMs), fields),
      ...(call.revision < "2026-04-15" ? {} : { relationships: relationshipsOf(campaign, id, call) }),
      links: { self: urlOf(call, "campaign-messages", id) },
    };
  });
}

export function messageIdsOf(campaign: SimulatedCampaign): readonly string[] {
  return messagesOf(campaign).map((message, index) => messageId(campaign, message, index));
}

function messagesOf(campaign: SimulatedCampaign): readonly SeedMessage[] {
  return campaign.seed.messages ?? [{}];
}

function messageId(campaign: SimulatedCampaign, message: SeedMessage, index: number): string {
  return message.id ?? `${campaign.id}-M${index + 1}`;
}

function attributesOf(campaign: SimulatedCampaign, message: SeedMessage, nowMs: number): JsonObject {
  const sendTimeMs = campaign.sendTimeMs(nowMs);
  const sendTimes = sendTimeMs === undefined ? [] : [{ datetime: dateTime(sendTimeMs), is_local: false }];
  return {
    definition: message.definition ?? definitionOf(campaign, message.text ?? campaign.name),
    send_times: sendTimes,
    created_at: dateTime(campaign.createdAtMs),
    updated_at: dateTime(campaign.updatedAtMs(nowMs)),
  };
}

function relationshipsOf(campaign: SimulatedCampaign, id: string, call: Call): JsonObject {
  return {
    campaign: relationship(call, ["campaign-messages", id, "campaign"]),
    ...(campaign.channel === "email"
      ? { template: relationship(call, ["campaign-messages", id, "template"]) }
      : { image: relationship(call, ["campaign-messages", id, "image"]) }),
  };
}

function definitionOf(campaign: SimulatedCampaign, text: string): JsonObject {
  switch (campaign.channel) {
    case "email":
      return emailDefinition(text);
    case "sms":
      return smsDefinition(text);
    case "mobile_push":
      return pushDefinition(text);
  }
}

function emailDefinition(subject: string): JsonObject {
  return {
    channel: "email",
    label: "Default message",
    content: {
      subject,
      preview_text: "",
      from_email: "shop@example.com",
      from_label: "Example Shop",
      reply_to_email: null,
      cc_email: null,
      bcc_email: null,
    },
  };
}

function smsDefinition(body: string): JsonObject {
  return {
    channel: "sms",
    content: { body, media_url: null },
    render_options: {
      shorten_links: true,
      add_org_prefix: true,
      add_info_link: true,
      add_opt_out_language: false,
    },
  };
}

function pushDefinition(title: string): JsonObject {
  return {
    channel: "mobile_push",
    notification_type: "standard",
    content: { title, body: "Open the app to see more.", dynamic_image: null, action_buttons: null },
    kv_pairs: null,
    options: { on_open: { type: "open_app" }, badge: { display: false }, play_sound: false },
  };
}

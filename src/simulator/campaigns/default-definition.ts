import type { JsonObject } from "../json.js";
import type { SeedChannel } from "./seed-campaign.js";

/** The message of a campaign whose seed only says a text, or nothing. */
export function defaultDefinition(channel: SeedChannel, text: string): JsonObject {
  switch (channel) {
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

import { isObject, type JsonObject } from "../json.js";
import type { ParameterRule } from "./query.js";

const CAMPAIGN = [
  "archived",
  "audiences",
  "audiences.excluded",
  "audiences.included",
  "created_at",
  "id",
  "name",
  "scheduled_at",
  "send_options",
  "send_options.use_smart_sending",
  "send_strategy",
  "send_strategy.date",
  "send_strategy.datetime",
  "send_strategy.method",
  "send_strategy.options",
  "send_strategy.options.is_local",
  "send_strategy.options.send_past_recipients_immediately",
  "send_strategy.throttle_percentage",
  "send_time",
  "status",
  "tracking_options",
  "tracking_options.add_tracking_params",
  "tracking_options.custom_tracking_params",
  "tracking_options.is_tracking_clicks",
  "tracking_options.is_tracking_opens",
  "updated_at",
];

const CAMPAIGN_MESSAGE = [
  "created_at",
  "definition",
  "definition.channel",
  "definition.content",
  "definition.content.action_buttons",
  "definition.content.bcc_email",
  "definition.content.body",
  "definition.content.cc_email",
  "definition.content.dynamic_image",
  "definition.content.from_email",
  "definition.content.from_label",
  "definition.content.media_url",
  "definition.content.preview_text",
  "definition.content.reply_to_email",
  "definition.content.subject",
  "definition.content.title",
  "definition.kv_pairs",
  "definition.label",
  "definition.notification_type",
  "definition.options",
  "definition.options.badge",
  "definition.options.badge.badge_options",
  "definition.options.badge.badge_options.badge_config",
  "definition.options.badge.badge_options.set_from_property",
  "definition.options.badge.badge_options.value",
  "definition.options.badge.display",
  "definition.options.on_open",
  "definition.options.on_open.android_deep_link",
  "definition.options.on_open.ios_deep_link",
  "definition.options.on_open.type",
  "definition.options.on_open.web_url",
  "definition.options.play_sound",
  "definition.render_options",
  "definition.render_options.add_info_link",
  "definition.render_options.add_opt_out_language",
  "definition.render_options.add_org_prefix",
  "definition.render_options.shorten_links",
  "id",
  "send_times",
  "updated_at",
];

/** The legal values of `fields[type]`, as the OpenAPI document lists them. */
export const FIELDSETS = {
  campaign: fieldset(CAMPAIGN),
  "campaign-message": fieldset(CAMPAIGN_MESSAGE),
  "campaign-send-job": fieldset(["id", "status"]),
  tag: fieldset(["id", "name"]),
} as const;

/** Keeps the attributes that were asked for; dots lead into objects. Without a list everything stays. */
export function sparse(attributes: JsonObject, paths: readonly string[] | undefined): JsonObject {
  if (paths === undefined) return attributes;
  const kept = Object.entries(attributes).flatMap(([key, value]) => {
    if (paths.includes(key)) return [[key, value] as const];
    const below = paths.filter((path) => path.startsWith(`${key}.`)).map((path) => path.slice(key.length + 1));
    if (below.length === 0) return [];
    return [[key, isObject(value) ? sparse(value, below) : value] as const];
  });
  return Object.fromEntries(kept);
}

function fieldset(values: readonly string[]): ParameterRule {
  return { kind: "list", values, sinceByValue: { id: "2026-04-15" } };
}

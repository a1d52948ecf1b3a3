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

/** What assign-template answers with is the shape that messages had before 2025-01-15. */
const OLD_CAMPAIGN_MESSAGE = [
  "channel",
  "content",
  "content.bcc_email",
  "content.body",
  "content.cc_email",
  "content.from_email",
  "content.from_label",
  "content.media_url",
  "content.preview_text",
  "content.reply_to_email",
  "content.subject",
  "created_at",
  "id",
  "label",
  "render_options",
  "render_options.add_info_link",
  "render_options.add_opt_out_language",
  "render_options.add_org_prefix",
  "render_options.shorten_links",
  "send_times",
  "updated_at",
];

const LIST = ["created", "id", "name", "opt_in_process", "updated"];
const SEGMENT = [
  "created",
  "definition",
  "definition.condition_groups",
  "id",
  "is_active",
  "is_processing",
  "is_starred",
  "name",
  "updated",
];
const TEMPLATE = ["amp", "created", "editor_type", "html", "id", "name", "text", "updated"];
const TEMPLATE_DEFINITION = [
  "definition",
  "definition.body",
  "definition.body.id",
  "definition.body.properties",
  "definition.body.properties.css_class",
  "definition.body.properties.id",
  "definition.body.sections",
  "definition.body.styles",
  "definition.body.styles.background_color",
  "definition.body.styles.width",
  "definition.id",
  "definition.styles",
  "definition.template_id",
];

/** The legal values of `fields[type]`, as the OpenAPI document lists them. */
export const FIELDSETS = {
  campaign: fieldset(CAMPAIGN),
  "campaign-message": fieldset(CAMPAIGN_MESSAGE),
  "campaign-send-job": fieldset(["id", "status"]),
  "campaign-recipient-estimation": fieldset(["estimated_recipient_count", "id"]),
  "campaign-recipient-estimation-job": fieldset(["id", "status"]),
  "old-campaign-message": fieldset(OLD_CAMPAIGN_MESSAGE),
  "campaign-values-report": fieldset(["id", "results"]),
  flow: fieldset(["archived", "created", "id", "name", "status", "trigger_type", "updated"]),
  image: fieldset(["format", "hidden", "id", "image_url", "name", "size", "updated_at"]),
  list: fieldset(LIST),
  "list-with-count": fieldset([...LIST, "profile_count"]),
  metric: fieldset(["created", "id", "integration", "name", "updated"]),
  segment: fieldset(SEGMENT),
  "segment-with-count": fieldset([...SEGMENT, "profile_count"]),
  tag: fieldset(["id", "name"]),
  "tag-group": fieldset(["default", "exclusive", "id", "name"]),
  template: fieldset(TEMPLATE),
  "template-with-definition": fieldset([...TEMPLATE, ...TEMPLATE_DEFINITION]),
} as const;

/** Fieldsets of writes came with 2026-04-15. */
export function ofWrite(rule: ParameterRule): ParameterRule {
  return { ...rule, since: "2026-04-15" };
}

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

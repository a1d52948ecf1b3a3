import type {
  KeyValuePairInput,
  MobilePushContentInput,
  MobilePushContentUpdateInput,
  MobilePushMessageInput,
  MobilePushMessageUpdateInput,
  SilentMobilePushMessageInput,
  SilentMobilePushMessageUpdateInput,
} from "./mobile-push-message.input.js";
import type { MobilePushOptionsInput, PushBadgeInput, PushOnOpenInput } from "./mobile-push-options.input.js";
import { nullOr } from "./null-or.js";
import type { PushActionButtonInput } from "./push-action-button.input.js";
import { from } from "./write-body.js";

export function pushDefinitionOf(input: MobilePushMessageInput | MobilePushMessageUpdateInput): object {
  return {
    channel: "mobile_push",
    notification_type: "standard",
    content: from("content", nullOr(input.content, contentOf)),
    options: from("options", nullOr(input.options, optionsOf)),
    kv_pairs: from("keyValuePairs", nullOr(input.keyValuePairs, keyValuePairsOf)),
  };
}

export function silentPushDefinitionOf(
  input: SilentMobilePushMessageInput | SilentMobilePushMessageUpdateInput | undefined,
): object {
  return {
    channel: "mobile_push",
    notification_type: "silent",
    kv_pairs: from("keyValuePairs", nullOr(input?.keyValuePairs, keyValuePairsOf)),
  };
}

function contentOf(content: MobilePushContentInput | MobilePushContentUpdateInput): object {
  const buttons = nullOr(content.actionButtons, (list) =>
    list.map((button, index) => from(String(index), buttonOf(button))),
  );
  return {
    title: from("title", content.title),
    body: from("body", content.body),
    dynamic_image: from("dynamicImage", content.dynamicImage),
    action_buttons: from("actionButtons", buttons),
  };
}

function buttonOf({ label, action, position, url }: PushActionButtonInput): object {
  return {
    label: from("label", label),
    action_type: from("action", action.toLowerCase()),
    position: from("position", position ?? undefined),
    url: from("url", url ?? undefined),
  };
}

function keyValuePairsOf(pairs: readonly KeyValuePairInput[]): object {
  return Object.fromEntries(pairs.map(({ key, value }, index) => [key, from(`${index}.value`, value)]));
}

function optionsOf({ onOpen, badge, playsSound }: MobilePushOptionsInput): object {
  return {
    on_open: from("onOpen", nullOr(onOpen, onOpenOf)),
    badge: from("badge", nullOr(badge, badgeOf)),
    play_sound: from("playsSound", playsSound),
  };
}

function onOpenOf({ openDeepLink, openWebUrl }: PushOnOpenInput): unknown {
  if (openDeepLink)
    return from("openDeepLink", {
      type: "deep_link",
      ios_deep_link: from("iosDeepLink", openDeepLink.iosDeepLink),
      android_deep_link: from("androidDeepLink", openDeepLink.androidDeepLink),
    });
  if (openWebUrl !== undefined) return { type: "open_web_url", web_url: from("openWebUrl", openWebUrl) };
  return { type: "open_app" };
}

function badgeOf({ none, count, fromProperty }: PushBadgeInput): object {
  if (none) return { display: false };
  return { display: true, badge_options: badgeOptionsOf(count, fromProperty) };
}

function badgeOptionsOf(count: string | undefined, fromProperty: string | undefined): object {
  if (count !== undefined) return { badge_config: "set_count", value: from("count", count) };
  if (fromProperty !== undefined)
    return { badge_config: "set_property", set_from_property: from("fromProperty", fromProperty) };
  return { badge_config: "increment_one" };
}

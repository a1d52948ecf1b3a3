import { isObject } from "../json.js";
import {
  also,
  anyObject,
  type BodyFault,
  type Check,
  type Fields,
  flag,
  integer,
  listOf,
  may,
  must,
  nullable,
  object,
  oneOf,
  text,
  textUpTo,
  variant,
} from "./body-check.js";

const optionalText = may(nullable(text));
const optionalFlag = may(nullable(flag));

const EMAIL: Fields = {
  label: optionalText,
  content: may(
    nullable(
      object({
        subject: optionalText,
        preview_text: optionalText,
        from_email: optionalText,
        from_label: optionalText,
        reply_to_email: optionalText,
        cc_email: optionalText,
        bcc_email: optionalText,
      }),
    ),
  ),
};

/** The picture of a text message is set through its relationship, not here. */
const SMS: Fields = {
  content: may(nullable(object({ body: optionalText }))),
  render_options: may(
    nullable(
      object({
        shorten_links: optionalFlag,
        add_org_prefix: optionalFlag,
        add_info_link: optionalFlag,
        add_opt_out_language: optionalFlag,
      }),
    ),
  ),
};

const BADGE = variant("display", {
  true: {
    badge_options: may(
      nullable(
        variant("badge_config", {
          increment_one: {},
          set_count: { value: must(text) },
          set_property: { set_from_property: must(text) },
        }),
      ),
    ),
  },
  false: {},
});

const ON_OPEN = variant("type", {
  open_app: {},
  deep_link: { ios_deep_link: optionalText, android_deep_link: optionalText },
  open_web_url: { web_url: optionalText },
});

const BUTTON = object({
  label: must(textUpTo(40)),
  action_type: must(oneOf(["open_app", "deep_link", "open_url", "dismiss"])),
  position: may(nullable(integer)),
  url: may(nullable(textUpTo(2048))),
});

const BUTTONS = also(listOf(BUTTON, 0, 3), checkPositions);

const KV_PAIRS = may(nullable(anyObject));

export type BodyPurpose = "create" | "update";

/** A definition, by its channel and, for a push, by its notification type. */
export function definitionCheck(purpose: BodyPurpose): Check {
  const push = pushCheck(purpose);
  const others = variant("channel", { email: EMAIL, sms: SMS, mobile_push: {} });
  return (value, pointer) =>
    isObject(value) && value["channel"] === "mobile_push" ? push(value, pointer) : others(value, pointer);
}

/** A36: without a notification type, a push with content is a standard one, and one without it is silent. */
export function notificationTypeOf(definition: Readonly<Record<string, unknown>>): unknown {
  return definition["notification_type"] ?? (definition["content"] === undefined ? "silent" : "standard");
}

function pushCheck(purpose: BodyPurpose): Check {
  const content = object({
    title: optionalText,
    body: purpose === "create" ? must(text) : optionalText,
    dynamic_image: optionalText,
    action_buttons: may(nullable(BUTTONS)),
  });
  const options = object({
    on_open: may(nullable(ON_OPEN)),
    badge: may(nullable(BADGE)),
    play_sound: optionalFlag,
  });
  const shared = { channel: must(text), kv_pairs: KV_PAIRS };
  const check = variant("notification_type", {
    standard: {
      ...shared,
      content: purpose === "create" ? must(content) : may(nullable(content)),
      options: may(nullable(options)),
    },
    silent: shared,
  });
  return (value, pointer) =>
    check(isObject(value) ? { ...value, notification_type: notificationTypeOf(value) } : value, pointer);
}

/** "Positions 0-indexed with no gaps"; a button without one takes its place in the list. */
function checkPositions(value: unknown, pointer: string): readonly BodyFault[] {
  const buttons = value as readonly { readonly position?: number | null }[];
  const positions = buttons.map(({ position }, index) => position ?? index).toSorted((a, b) => a - b);
  if (positions.every((position, index) => position === index)) return [];
  return [{ pointer, detail: "'action_buttons' must have the positions from 0 on, without gaps." }];
}

import type { SeedChannel } from "../campaigns/seed-campaign.js";
import {
  also,
  type Check,
  date,
  dateTime,
  flag,
  listOf,
  may,
  must,
  nullable,
  object,
  oneOf,
  text,
  variant,
} from "./body-check.js";

const DYNAMIC_VALUES = [
  "campaign_id",
  "campaign_name",
  "campaign_name_id",
  "campaign_name_send_day",
  "email_subject",
  "group_id",
  "group_name",
  "group_name_id",
  "link_alt_text",
  "message_type",
  "profile_external_id",
  "profile_id",
];
const THROTTLE_PERCENTAGES = [1, 2, 5, 10, 11, 13, 14, 17, 20, 25, 33, 50];

const LOCAL_OPTIONS = variant("is_local", {
  true: { send_past_recipients_immediately: may(flag) },
  false: {},
});

const STRATEGY = variant("method", {
  static: { datetime: must(dateTime), options: may(nullable(LOCAL_OPTIONS)) },
  throttled: { datetime: must(dateTime), throttle_percentage: must(oneOf(THROTTLE_PERCENTAGES)) },
  immediate: {},
  smart_send_time: { date: must(date) },
});

/** How a campaign is sent; a local send gives its time in UTC. */
export const sendStrategy: Check = also(STRATEGY, (value, pointer) => {
  const { datetime, options } = value as { datetime?: string; options?: { is_local?: boolean } | null };
  if (options?.is_local !== true || /(?:Z|[+-]00:00)$/.test(datetime ?? "")) return [];
  return [{ pointer: `${pointer}/datetime`, detail: "'datetime' must be in UTC when 'is_local' is true." }];
});

export const sendOptions: Check = object({ use_smart_sending: may(nullable(flag)) });

export const createAudiences: Check = object({
  included: must(listOf(text)),
  excluded: may(nullable(listOf(text))),
});

export const updateAudiences: Check = object({
  included: may(nullable(listOf(text))),
  excluded: may(nullable(listOf(text))),
});

const TRACKING = {
  add_tracking_params: may(nullable(flag)),
  custom_tracking_params: may(
    nullable(
      listOf(
        variant("type", {
          dynamic: { name: must(text), value: must(oneOf(DYNAMIC_VALUES)) },
          static: { name: must(text), value: must(text) },
        }),
      ),
    ),
  ),
};

const EMAIL_TRACKING = object({
  ...TRACKING,
  is_tracking_clicks: may(nullable(flag)),
  is_tracking_opens: may(nullable(flag)),
});

/** A35: which options there may be goes by the channel; a push has none to set. */
export function trackingOptions(channel: SeedChannel): Check {
  switch (channel) {
    case "email":
      return EMAIL_TRACKING;
    case "sms":
      return object(TRACKING);
    case "mobile_push":
      return (_, pointer) => [{ pointer, detail: "'tracking_options' cannot be set for channel 'mobile_push'." }];
  }
}

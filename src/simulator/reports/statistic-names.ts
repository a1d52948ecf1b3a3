/** The statistics of the values report. */
export const STATISTICS = [
  "average_order_value",
  "bounce_rate",
  "bounced",
  "bounced_or_failed",
  "bounced_or_failed_rate",
  "click_rate",
  "click_to_open_rate",
  "clicks",
  "clicks_unique",
  "conversion_rate",
  "conversion_uniques",
  "conversion_value",
  "conversions",
  "delivered",
  "delivery_rate",
  "failed",
  "failed_rate",
  "message_segment_count_sum",
  "open_rate",
  "opens",
  "opens_unique",
  "recipients",
  "revenue_per_recipient",
  "spam_complaint_rate",
  "spam_complaints",
  "text_message_credit_usage_amount",
  "text_message_roi",
  "text_message_spend",
  "unsubscribe_rate",
  "unsubscribe_uniques",
  "unsubscribes",
] as const;

export type Statistic = (typeof STATISTICS)[number];

export const GROUPINGS = [
  "campaign_id",
  "campaign_message_id",
  "campaign_message_name",
  "group",
  "group_name",
  "send_channel",
  "tag_id",
  "tag_name",
  "text_message_format",
  "variation",
  "variation_name",
] as const;

export type Grouping = (typeof GROUPINGS)[number];

import { containsAny } from "./filter.js";
import { type Attributed, partList, requiredPart, requiredText } from "./attributes.js";
import { KlaviyoError } from "./failure.js";
import { decodeReport } from "./json-api.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import { OPERATIONS } from "./operations.js";
import { decoded, type ReadLimits } from "./reading.js";

/** Every statistic of the values report. Source: OpenAPI, revision 2026-07-15. */
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

/** The longest list that a filter takes. */
export const REPORT_CAMPAIGNS_MAXIMUM = 100;

/** More pages than that the limits would not let through in time. */
const MOST_PAGES = 2;

/** A span that Klaviyo has a name for, or two times of the clock in the account's own time zone. */
export type Timeframe = { readonly key: string } | { readonly start: string; readonly end: string };

export interface CampaignValuesQuery {
  readonly conversionMetricId: string;
  readonly timeframe: Timeframe;
  /** At most {@link REPORT_CAMPAIGNS_MAXIMUM}. */
  readonly campaignIds: readonly string[];
}

/** What one message of a campaign achieved. */
export interface CampaignValues {
  readonly campaignId: string;
  readonly messageId: string;
  readonly statistics: Attributed;
}

/**
 * What the messages of campaigns achieved: a row for each message that was sent in the timeframe, none for others. All statistics,
 * because Klaviyo limits calls and not columns. @throws KlaviyoError
 */
export async function queryCampaignValues(
  client: KlaviyoClient,
  query: CampaignValuesQuery,
  limits: () => ReadLimits,
): Promise<readonly CampaignValues[]> {
  const operation = OPERATIONS.queryCampaignValues;
  const rows: CampaignValues[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const document = await client.call(operation, {
      ...limits(),
      body: bodyOf(query),
      ...(cursor !== undefined && { query: [["page_cursor", cursor]] as const }),
    });
    const report = decoded(operation, () => decodeReport(document, "campaign-values-report", "page_cursor"));
    rows.push(...partList({ type: "campaign-values-report", ...report }, "results").map(rowOf));
    cursor = report.nextCursor;
    if (cursor === undefined) return rows;
  }
  throw new KlaviyoError(operation.name, {
    kind: "invalid-response",
    status: 200,
    reason: "the report has too many pages",
  });
}

function bodyOf({ conversionMetricId, timeframe, campaignIds }: CampaignValuesQuery): object {
  const attributes = {
    statistics: STATISTICS,
    timeframe,
    conversion_metric_id: conversionMetricId,
    group_by: ["campaign_id", "campaign_message_id"],
    filter: containsAny("campaign_id", campaignIds),
  };
  return { data: { type: "campaign-values-report", attributes } };
}

function rowOf(row: Attributed): CampaignValues {
  const groupings = requiredPart(row, "groupings");
  return {
    campaignId: requiredText(groupings, "campaign_id"),
    messageId: requiredText(groupings, "campaign_message_id"),
    statistics: requiredPart(row, "statistics"),
  };
}

import type { Account } from "../account/account.js";
import {
  type Check,
  dateTime,
  filledText,
  listOf,
  may,
  must,
  nullable,
  object,
  oneOf,
  text,
} from "../bodies/body-check.js";
import { decodeResource } from "../bodies/decode-resource.js";
import type { CheckedTerm } from "../filters/filter-rule.js";
import { invalidBody } from "../http/api-error.js";
import { isObject, type JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { decodeReportFilter } from "./report-filter.js";
import { type Grouping, GROUPINGS, type Statistic, STATISTICS } from "./statistic-names.js";
import { customPeriod, isTooLong, namedPeriod, type Period, TIMEFRAME_KEYS } from "./timeframe.js";

export interface ReportRequest {
  readonly statistics: readonly Statistic[];
  readonly period: Period;
  readonly metricId: string;
  readonly groupBy: readonly Grouping[];
  readonly filter: readonly CheckedTerm[];
}

type Timeframe = { readonly key: (typeof TIMEFRAME_KEYS)[number] } | { readonly start: string; readonly end: string };

interface SentAttributes extends JsonObject {
  readonly statistics: readonly Statistic[];
  readonly timeframe: Timeframe;
  readonly conversion_metric_id: string;
  readonly group_by?: readonly Grouping[] | null;
  readonly filter?: string | null;
}

const DEFAULT_GROUP_BY = ["campaign_id", "campaign_message_id", "send_channel"] as const;
const REQUIRED_GROUP_BY = ["campaign_id", "campaign_message_id"] as const;
const ATTRIBUTES = "/data/attributes";

const TIMEFRAME: Check = (value, pointer) =>
  isObject(value) && "key" in value
    ? object({ key: must(oneOf(TIMEFRAME_KEYS)) })(value, pointer)
    : object({ start: must(dateTime), end: must(dateTime) })(value, pointer);

const COMMON = {
  statistics: must(listOf(oneOf(STATISTICS), 1)),
  timeframe: must(TIMEFRAME),
  conversion_metric_id: must(filledText),
  filter: may(nullable(text)),
};
const WITH_GROUP_BY = { ...COMMON, group_by: may(nullable(listOf(oneOf(GROUPINGS)))) };

export function decodeReport({ body, revision, nowMs, account }: Call): ReportRequest {
  // `group_by` came with 2025-10-15.
  const fields = revision < "2025-10-15" ? COMMON : WITH_GROUP_BY;
  const { attributes } = decodeResource(body, "campaign-values-report", { isNew: true, attributes: object(fields) });
  const sent = attributes as SentAttributes;
  const groupBy = sent.group_by ?? DEFAULT_GROUP_BY;
  const missing = REQUIRED_GROUP_BY.filter((grouping) => !groupBy.includes(grouping));
  if (missing.length > 0) throw invalidBody(`${ATTRIBUTES}/group_by`, `'group_by' must contain ${missing.join(", ")}.`);
  checkMetric(sent.conversion_metric_id, account);
  return {
    statistics: sent.statistics,
    period: periodOf(sent.timeframe, nowMs),
    metricId: sent.conversion_metric_id,
    groupBy,
    filter: sent.filter == null ? [] : decodeReportFilter(sent.filter, revision),
  };
}

/** A46: a metric that the account does not have is an invalid value, not a 404. */
function checkMetric(id: string, { metrics }: Account): void {
  if (metrics.has(id)) return;
  throw invalidBody(`${ATTRIBUTES}/conversion_metric_id`, `A metric with id ${id} does not exist.`);
}

function periodOf(timeframe: Timeframe, nowMs: number): Period {
  if ("key" in timeframe) return namedPeriod(timeframe.key, nowMs);
  const period = customPeriod(timeframe.start, timeframe.end);
  if (period.fromMs >= period.toMs) throw invalidBody(`${ATTRIBUTES}/timeframe`, "'start' must be before 'end'.");
  if (isTooLong(period)) throw invalidBody(`${ATTRIBUTES}/timeframe`, "A timeframe is at most one year long.");
  return period;
}

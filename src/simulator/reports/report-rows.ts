import type { SeedTag } from "../campaigns/seed-campaign.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { SimulatedMessage } from "../campaigns/simulated-message.js";
import type { CheckedTerm } from "../filters/filter-rule.js";
import { type FilterValue, holds } from "../filters/holds.js";
import type { JsonObject } from "../json.js";
import type { ReportRequest } from "./decode-report.js";
import type { Grouping } from "./statistic-names.js";
import { statisticsOf } from "./statistics-of.js";
import type { Period } from "./timeframe.js";

const SENDING = ["Sent", "Sending", "Sending Segments", "Variations Sent"];

export interface ReportRow {
  readonly id: string;
  readonly campaignId: string;
  readonly groupings: JsonObject;
  readonly statistics: JsonObject;
}

/** One row for each message that was sent in the period; grouped by tag, one for each of its campaign's tags. */
export function reportRows(
  campaigns: readonly SimulatedCampaign[],
  request: ReportRequest,
  nowMs: number,
): readonly ReportRow[] {
  return campaigns
    .filter((campaign) => wasSentIn(request.period, campaign, nowMs))
    .flatMap((campaign) => campaign.messages.map((message) => ({ campaign, message })))
    .filter(({ campaign, message }) => matches(request.filter, campaign, message))
    .flatMap(({ campaign, message }) => rowsOf(campaign, message, request, nowMs));
}

/** A43: a campaign counts where its send began, and not when it was cancelled. */
function wasSentIn({ fromMs, toMs }: Period, campaign: SimulatedCampaign, nowMs: number): boolean {
  const sentAtMs = campaign.sendTimeMs(nowMs);
  const isSent = SENDING.includes(campaign.statusAt(nowMs));
  return isSent && sentAtMs !== undefined && sentAtMs >= fromMs && sentAtMs < toMs;
}

function matches(filter: readonly CheckedTerm[], campaign: SimulatedCampaign, message: SimulatedMessage): boolean {
  const ofTags: Readonly<Record<string, FilterValue>> = {
    tag_id: campaign.tags.map(({ id }) => id),
    tag_name: campaign.tags.map(({ name }) => name),
  };
  return filter.every((term) => {
    const value = ofTags[term.field] ?? groupingOf(term.field as Grouping, campaign, message, undefined);
    return holds(term, value ?? undefined);
  });
}

function rowsOf(
  campaign: SimulatedCampaign,
  message: SimulatedMessage,
  { groupBy, statistics, metricId }: ReportRequest,
  nowMs: number,
): readonly ReportRow[] {
  const all = statisticsOf(campaign, message.id, metricId, nowMs);
  const isByTag = groupBy.some((grouping) => grouping.startsWith("tag_"));
  const tags: readonly (SeedTag | undefined)[] = isByTag && campaign.tags.length > 0 ? campaign.tags : [undefined];
  return tags.map((tag) => ({
    id: [campaign.id, message.id, tag?.id ?? ""].join(" "),
    campaignId: campaign.id,
    groupings: Object.fromEntries(groupBy.map((name) => [name, groupingOf(name, campaign, message, tag)])),
    statistics: Object.fromEntries(statistics.map((name) => [name, all[name]])),
  }));
}

/** A45: what a message has no value for, such as a variation, is null. */
function groupingOf(
  grouping: Grouping,
  campaign: SimulatedCampaign,
  message: SimulatedMessage,
  tag: SeedTag | undefined,
): string | null {
  switch (grouping) {
    case "campaign_id":
      return campaign.id;
    case "campaign_message_id":
      return message.id;
    case "campaign_message_name":
      return labelOf(message);
    case "send_channel":
      return campaign.channel === "mobile_push" ? "push-notification" : campaign.channel;
    case "text_message_format":
      return campaign.channel === "sms" ? "sms" : null;
    case "tag_id":
      return tag?.id ?? null;
    case "tag_name":
      return tag?.name ?? null;
    case "group":
    case "group_name":
    case "variation":
    case "variation_name":
      return null;
  }
}

function labelOf({ details }: SimulatedMessage): string | null {
  const { label } = details.definition;
  return typeof label === "string" ? label : null;
}

import { type Answer, jsonAnswer } from "../../http/answer.js";
import { keysetPage, type Page } from "../../paging/keyset-page.js";
import { decodeReport } from "../../reports/decode-report.js";
import { type ReportRow, reportRows } from "../../reports/report-rows.js";
import { meta } from "../../resources/document.js";
import type { Call, Route } from "../../route.js";
import { FIELDSETS, ofWrite, sparse } from "../../rules/fieldsets.js";
import { listOf } from "../../rules/query.js";
import { answerType } from "../../rules/wire-form.js";

/** A47: how many rows are on a page is not documented. */
const PAGE_SIZE = 100;

/** A question in a POST: it changes nothing. */
export const queryCampaignValues: Route = {
  operation: "query_campaign_values",
  method: "POST",
  path: "/api/campaign-values-reports",
  since: "2024-02-15",
  scopes: ["campaigns:read"],
  limit: { burst: 1, steady: 2, daily: 225 },
  parameters: {
    "fields[campaign-values-report]": ofWrite(FIELDSETS["campaign-values-report"]),
    page_cursor: { kind: "text" },
  },
  handle: (call) => {
    const page = keysetPage({
      items: reportRows(call.store.all(), decodeReport(call), call.nowMs),
      keyOf: (row) => [row.id, row.id],
      isDescending: false,
      size: PAGE_SIZE,
      cursor: call.query.get("page_cursor"),
      cursorName: "page_cursor",
    });
    return answerReport(call, page);
  },
};

function answerReport(call: Call, { items, nextCursor }: Page<ReportRow>): Answer {
  const results = items.map(({ groupings, statistics }) => ({ groupings, statistics }));
  const campaignIds = [...new Set(items.map(({ campaignId }) => campaignId))];
  const data = {
    type: "campaign-values-report",
    attributes: sparse({ results }, listOf(call.query, "fields[campaign-values-report]")),
    relationships: { campaigns: { data: campaignIds.map((id) => ({ type: "campaign", id })) } },
  };
  const self = `${call.baseUrl}${call.path}`;
  // A47: the schema declares `self` alone, but without the next cursor nobody could use `page_cursor`.
  const next = nextCursor === undefined ? {} : { next: `${self}?${new URLSearchParams({ page_cursor: nextCursor })}` };
  return jsonAnswer(200, { data, links: { self, ...next }, ...meta(call) }, answerType(call.revision));
}

import { describe, expect, test } from "@jest/globals";
import { STATISTICS } from "../../src/simulator/reports/statistic-names.js";
import { post, reportBody } from "./campaign-bodies.js";
import { faultsOf } from "./read-answer.js";
import { type JsonValue, start, type Started } from "./start-simulator.js";

const REPORT = "/api/campaign-values-reports";
const AT = "/data/attributes";
const TAGS = [
  { id: "t1", name: "Sale" },
  { id: "t2", name: "Shop" },
];

const CAMPAIGNS = [
  { id: "mail", status: "Sent", sendTime: "2026-11-20T12:00:00Z", estimatedRecipients: 1_000, tags: TAGS },
  { id: "text", status: "Sent", channel: "sms", sendTime: "2026-10-25T12:00:00Z" },
  {
    id: "push",
    status: "Sending",
    channel: "mobile_push",
    sendTime: "2026-11-22T11:00:00Z",
    estimatedRecipients: 1_000,
  },
  { id: "draft", status: "Draft" },
  { id: "off", status: "Cancelled", sendTime: "2026-11-20T12:00:00Z" },
] as const;

const startReports = (): Promise<Started> => start({ limits: "off", campaigns: CAMPAIGNS });

async function rowsOf({ call }: Started, attributes: object): Promise<readonly JsonValue[]> {
  const answer = await call(REPORT, post(reportBody(attributes)));
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
  return answer.json["data"]?.["attributes"]?.["results"] as unknown as readonly JsonValue[];
}

async function campaignsOf(started: Started, attributes: object): Promise<string> {
  const rows = await rowsOf(started, attributes);
  return rows.map((row) => row["groupings"]?.["campaign_id"]).join(" ");
}

describe("the values report", () => {
  test("has a row for each message that was sent, grouped in the usual way", async () => {
    const started = await startReports();
    const rows = await rowsOf(started, {});
    expect(rows.map((row) => row["groupings"])).toEqual([
      { campaign_id: "mail", campaign_message_id: "mail-M1", send_channel: "email" },
      { campaign_id: "push", campaign_message_id: "push-M1", send_channel: "push-notification" },
      { campaign_id: "text", campaign_message_id: "text-M1", send_channel: "sms" },
    ]);
    expect(rows.map((row) => row["statistics"]?.["recipients"])).toEqual([1_000, 500, 4_200]);
    expect(Object.keys(rows[0]?.["statistics"] ?? {})).toEqual(["recipients", "open_rate"]);
  });

  test.each([
    [{ key: "today" }, "push"],
    [{ key: "yesterday" }, ""],
    [{ key: "this_week" }, "mail push"],
    [{ key: "last_7_days" }, "mail push"],
    [{ key: "this_month" }, "mail push"],
    [{ key: "last_month" }, "text"],
    [{ key: "last_year" }, ""],
    [{ key: "last_3_months" }, "mail push text"],
    [{ start: "2026-11-20T12:00:00+00:00", end: "2026-11-20T12:00:01+00:00" }, "mail"],
    [{ start: "2026-11-20T12:00:00+09:00", end: "2026-11-20T12:00:01+09:00" }, "mail"],
    [{ start: "2026-11-20T12:00:01Z", end: "2026-11-21T12:00:01Z" }, ""],
  ])("of %j has %j", async (timeframe, campaigns) => {
    expect(await campaignsOf(await startReports(), { timeframe })).toBe(campaigns);
  });

  test.each([
    ['equals(campaign_id,"mail")', "mail"],
    ['contains-any(campaign_id,["mail","text","zz"])', "mail text"],
    ['and(equals(send_channel,"sms"),contains-any(campaign_id,["mail","text"]))', "text"],
    ['equals(campaign_message_id,"push-M1")', "push"],
    ['contains-any(tag_name,["Sale"])', "mail"],
    ['contains-all(tag_id,["t1","t2"])', "mail"],
    ['contains-all(tag_id,["t1","t3"])', ""],
    ['equals(variation,"A")', ""],
  ])("filtered by %s has %j", async (filter, campaigns) => {
    expect(await campaignsOf(await startReports(), { filter })).toBe(campaigns);
  });

  test("grouped by tag has a row for each tag, and null where there is none", async () => {
    const rows = await rowsOf(await startReports(), { group_by: ["campaign_id", "campaign_message_id", "tag_name"] });
    expect(rows.map((row) => row["groupings"]?.["tag_name"])).toEqual(["Sale", "Shop", null, null]);
  });

  test("always gives the same, plausible numbers, and rates as fractions", async () => {
    const all = { statistics: STATISTICS };
    const rows = await rowsOf(await startReports(), all);
    expect(await rowsOf(await startReports(), all)).toEqual(rows);
    for (const row of rows) {
      const numbers = row["statistics"] as unknown as Readonly<Record<string, number>>;
      const of = (name: string) => numbers[name] ?? Number.NaN;
      expect(Object.keys(numbers)).toEqual([...STATISTICS]);
      expect(of("delivered") + of("bounced_or_failed")).toBe(of("recipients"));
      expect(of("delivered")).toBeGreaterThan(0.9 * of("recipients"));
      expect(of("clicks_unique")).toBeGreaterThan(0);
      const rates = STATISTICS.filter((name) => name.endsWith("_rate")).map(of);
      expect(rates.filter((rate) => !(rate >= 0 && rate <= 1))).toEqual([]);
    }
  });

  test("says what the seed says, and derives the rates from it", async () => {
    const statistics = { recipients: 200, bounced: 0, failed: 0, delivered: 200, opens_unique: 50 };
    const started = await start({ campaigns: [{ id: "a", status: "Sent", statistics }] });
    const [row] = await rowsOf(started, { statistics: ["recipients", "delivered", "opens_unique", "open_rate"] });
    expect(row?.["statistics"]).toEqual({ recipients: 200, delivered: 200, opens_unique: 50, open_rate: 0.25 });
  });

  test("is paged by page_cursor", async () => {
    const campaigns = Array.from({ length: 101 }, (_, index) => ({ id: `c${1_000 + index}`, status: "Sent" }));
    const { call } = await start({ campaigns, limits: "off" });
    const first = await call(REPORT, post(reportBody()));
    const cursor = new URL(String(first.json["links"]?.["next"])).searchParams.get("page_cursor");
    const second = await call(`${REPORT}?page_cursor=${cursor}`, post(reportBody()));
    const pages = [first, second].map((page) => page.json["data"]?.["attributes"]?.["results"] as unknown as unknown[]);
    expect(pages.map((rows) => rows.length)).toEqual([100, 1]);
    expect(second.json["links"]).not.toHaveProperty("next");
    expect(faultsOf(await call(`${REPORT}?page_cursor=x`, post(reportBody())))).toEqual([400, "page_cursor"]);
  });

  test.each([
    ["no statistics", { statistics: [] }, `${AT}/statistics`],
    ["an unknown statistic", { statistics: ["opens", "luck"] }, `${AT}/statistics/1`],
    ["no timeframe", { timeframe: undefined }, `${AT}/timeframe`],
    ["an unknown timeframe", { timeframe: { key: "tomorrow" } }, `${AT}/timeframe/key`],
    [
      "a timeframe that ends first",
      { timeframe: { start: "2026-02-01T00:00:00Z", end: "2026-01-01T00:00:00Z" } },
      `${AT}/timeframe`,
    ],
    [
      "a timeframe over a year",
      { timeframe: { start: "2025-01-01T00:00:00Z", end: "2026-02-01T00:00:00Z" } },
      `${AT}/timeframe`,
    ],
    ["no metric", { conversion_metric_id: undefined }, `${AT}/conversion_metric_id`],
    ["an unknown metric", { conversion_metric_id: "zz" }, `${AT}/conversion_metric_id`],
    ["a grouping without the message", { group_by: ["campaign_id", "send_channel"] }, `${AT}/group_by`],
    ["an unknown grouping", { group_by: ["campaign_id", "campaign_message_id", "mood"] }, `${AT}/group_by/2`],
    ["a filter with any", { filter: 'any(campaign_id,["a"])' }, `${AT}/filter`],
    ["two filters on one attribute", { filter: 'equals(campaign_id,"a"),equals(campaign_id,"b")' }, `${AT}/filter`],
    ["an unknown channel", { filter: 'equals(send_channel,"mobile_push")' }, `${AT}/filter`],
    [
      "over a hundred ids",
      { filter: `contains-any(campaign_id,[${Array(101).fill('"a"').join(",")}])` },
      `${AT}/filter`,
    ],
  ])("with %s is refused", async (_, attributes, pointer) => {
    const { call } = await startReports();
    expect(faultsOf(await call(REPORT, post(reportBody(attributes))))).toEqual([400, pointer]);
  });

  test("knows group_by since 2025-10-15", async () => {
    const { call } = await startReports();
    const body = reportBody({ group_by: ["campaign_id", "campaign_message_id"] });
    const statuses = ["2025-07-15", "2025-10-15"].map((revision) =>
      call(REPORT, { ...post(body), headers: { revision } }),
    );
    expect((await Promise.all(statuses)).map((answer) => answer.status)).toEqual([400, 200]);
  });

  test("is asked once a second, twice a minute and 225 times a day at most", async () => {
    const { call, clock } = await start();
    const ask = async () => {
      const answer = await call(REPORT, post(reportBody()));
      return answer.status === 429 ? Number(answer.headers.get("retry-after")) : answer.status;
    };
    expect([await ask(), await ask()]).toEqual([200, 1]);
    clock.advance(1_000);
    expect([await ask(), await ask()]).toEqual([200, 59]);
    clock.ms = Date.parse("2026-11-23T00:00:00Z");
    for (let asked = 0; asked < 225; asked += 1) {
      expect(await ask()).toBe(200);
      clock.advance(30_000);
    }
    expect(await ask()).toBe(24 * 3_600 - 225 * 30);
    clock.ms = Date.parse("2026-11-24T00:00:00Z");
    expect(await ask()).toBe(200);
  });
});

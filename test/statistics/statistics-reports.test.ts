import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { startHoldingProxy } from "../support/holding-proxy.js";
import { until } from "../support/until.js";

const PATH = "/api/campaign-values-reports";
const STATISTICS = `statistics(conversionMetricId: "RESQ6t") { opens messages { messageId } }`;
const CAMPAIGN = `{ campaign(id: "ONE") { ${STATISTICS} } }`;

const row = (messageId: string, opens: number) => ({
  groupings: { campaign_id: "ONE", campaign_message_id: messageId },
  statistics: { opens },
});

/** Lets Klaviyo answer with a page of a report. @param links as Klaviyo may send them, undefined for none */
function page(gateway: TestGateway, results: readonly object[], links?: object, times: number | "always" = 1): void {
  const body = JSON.stringify({ data: { type: "campaign-values-report", attributes: { results } }, links });
  gateway.simulator.addFault({ match: { method: "POST" }, times, answer: { kind: "status", status: 200, body } });
}

const next = (cursor: string) => ({ next: `https://a.klaviyo.com${PATH}?page_cursor=${cursor}` });
const start = () => startGateway({ simulator: { campaigns: [{ id: "ONE", status: "Sent" }] } });

describe("the pages of a report", () => {
  const queries = (gateway: TestGateway) =>
    gateway.simulator.requests.filter(({ path }) => path === PATH).map(({ query }) => query);

  test("are followed, and a campaign's messages may stand on several", async () => {
    await using gateway = await start();
    page(gateway, [row("M1", 1)], next("second"));
    page(gateway, [row("M2", 2)], { self: `https://a.klaviyo.com${PATH}` });
    const { body } = await gateway.query(CAMPAIGN);
    expect(body.errors).toBeUndefined();
    const messages = [{ messageId: "M1" }, { messageId: "M2" }];
    expect(body.data.campaign.statistics).toEqual({ opens: 3, messages });
    expect(queries(gateway)).toEqual(["", "page_cursor=second"]);
  });

  test.each([[undefined], [null], [{}], [{ next: null }]])("end where the links are %j", async (links) => {
    await using gateway = await start();
    page(gateway, [row("M1", 1)], links as object | undefined);
    expect((await gateway.query(CAMPAIGN)).body.data.campaign.statistics.opens).toBe(1);
    expect(queries(gateway)).toEqual([""]);
  });

  test("are two at most: a third one Klaviyo would not give within the minute", async () => {
    await using gateway = await start();
    page(gateway, [row("M1", 1)], next("same"), "always");
    const { body } = await gateway.query(CAMPAIGN);
    expect(body.data.campaign.statistics).toBeNull();
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
    expect(queries(gateway)).toEqual(["", "page_cursor=same"]);
  });

  test("may tell of campaigns that nobody asked about", async () => {
    await using gateway = await start();
    const other = { ...row("M9", 9), groupings: { campaign_id: "OTHER", campaign_message_id: "M9" } };
    page(gateway, [other, row("M1", 1)]);
    expect((await gateway.query(CAMPAIGN)).body.data.campaign.statistics.opens).toBe(1);
  });

  test.each<[string, object]>([
    ["no groupings", { statistics: {} }],
    ["no campaign", { groupings: { campaign_message_id: "M1" }, statistics: {} }],
    ["no message", { groupings: { campaign_id: "ONE" }, statistics: {} }],
    ["no statistics", { groupings: { campaign_id: "ONE", campaign_message_id: "M1" } }],
  ])("are not understood where a row has %s", async (_, misshapen) => {
    await using gateway = await start();
    page(gateway, [row("M1", 1), misshapen]);
    const { body } = await gateway.query(CAMPAIGN);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });
});

test("one number that is none costs its own field alone", async () => {
  await using gateway = await start();
  page(gateway, [{ ...row("M1", 1), statistics: { opens: "many", clicks: 4 } }]);
  const { body } = await gateway.query(
    `{ campaign(id: "ONE") { statistics(conversionMetricId: "RESQ6t") { opens clicks } } }`,
  );
  expect(body.data.campaign.statistics).toEqual({ opens: null, clicks: 4 });
  expect(body.errors).toMatchObject([
    { path: ["campaign", "statistics", "opens"], extensions: { code: "UPSTREAM_INVALID_RESPONSE" } },
  ]);
});

describe("a report that is slow", () => {
  const CAMPAIGNS = [{ id: "ONE", status: "Sent", statistics: { opens: 7 } }];
  const env = { QUERY_DEADLINE_MS: "3000", KLAVIYO_ATTEMPT_TIMEOUT_MS: "4000" };

  test("goes on without those who cannot wait, and is there for the next", async () => {
    const clock = new HeldClock(false);
    await using klaviyo = await startHoldingProxy({ now: () => clock.wallMs(), limits: "off", campaigns: CAMPAIGNS });
    await using gateway = await startGateway({ clock, upstreamUrl: klaviyo.url, env });
    const first = gateway.query(CAMPAIGN);
    // The campaign takes most of the query's time; the report has time of its own.
    await until(() => klaviyo.held.length === 1);
    clock.advance(2_000);
    klaviyo.held[0]?.release();
    await until(() => klaviyo.held.length === 2);
    clock.advance(1_000);
    const { body } = await first;
    expect(body.errors[0]).toMatchObject({ path: ["campaign", "statistics"] });
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_TIMEOUT");

    const second = gateway.query(CAMPAIGN);
    await until(() => klaviyo.held.length === 3);
    klaviyo.held[2]?.release();
    klaviyo.held[1]?.release();
    expect((await second).body.data.campaign.statistics.opens).toBe(7);
    expect(klaviyo.simulator.requests.filter(({ path }) => path === PATH)).toHaveLength(1);
  });
});

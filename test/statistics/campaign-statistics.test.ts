import { describe, expect, test } from "@jest/globals";
import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";

const REPORT = "POST /api/campaign-values-reports";
const LIST = "GET /api/campaigns";

const sent = (id: string): SeedCampaign => ({
  id,
  status: "Sent",
  sendTime: "2026-11-20T08:00:00+00:00",
  messages: [{ id: `${id}M` }],
  statistics: { recipients: 1_000, delivered: 900, opens: 450, opens_unique: 300, open_rate: 0.3333 },
});

const CAMPAIGNS: readonly SeedCampaign[] = [sent("ONE"), sent("TWO"), { id: "DRAFT", status: "Draft" }];

const PAGE = `query ($timeframe: StatisticsTimeframeInput) {
  campaigns(channel: EMAIL, sort: ID_ASC) {
    nodes { id statistics(conversionMetricId: "RESQ6t", timeframe: $timeframe) {
      ageMs asOf delivered opens opensUnique openRate messages { messageId delivered }
    } }
  }
}`;

const paths = (gateway: TestGateway) => wire(gateway).map((line) => line.replace(/\?.*/, ""));
const start = (env: Readonly<Record<string, string>> = {}) =>
  startGateway({ env, clock: new HeldClock(false), simulator: { campaigns: CAMPAIGNS } });

describe("Campaign.statistics", () => {
  test("a page of campaigns with statistics is two calls: the page and one report for all of them", async () => {
    await using gateway = await start();
    const { body } = await gateway.query(PAGE);
    expect(body.errors).toBeUndefined();
    expect(paths(gateway)).toEqual([LIST, REPORT]);
    const [draft, one] = body.data.campaigns.nodes;
    expect(one).toMatchObject({
      id: "ONE",
      statistics: { ageMs: 0, delivered: 900, opens: 450, opensUnique: 300, openRate: 0.3333 },
    });
    expect(one.statistics.messages).toEqual([{ messageId: "ONEM", delivered: 900 }]);
    expect(draft).toMatchObject({ id: "DRAFT", statistics: { delivered: null, openRate: null, messages: [] } });
  });

  test("costs one report for a page of fifty campaigns, and none for the same page again", async () => {
    const campaigns = Array.from({ length: 50 }, (_, n) => sent(`C${n}`));
    await using gateway = await startGateway({ clock: new HeldClock(false), simulator: { campaigns } });
    const ask = () =>
      gateway.query(
        `{ campaigns(channel: EMAIL, first: 50) { nodes { statistics(conversionMetricId: "RESQ6t") { delivered } } } }`,
      );
    const { body } = await ask();
    expect(body.data.campaigns.nodes).toEqual(Array(50).fill({ statistics: { delivered: 900 } }));
    expect(paths(gateway)).toEqual([LIST, REPORT]);
    await ask();
    expect(paths(gateway)).toEqual([LIST, REPORT, LIST]);
  });

  test("is given again with its age until it is too old", async () => {
    await using gateway = await start({ STATISTICS_MAX_AGE_MS: "60000" });
    await gateway.query(PAGE);
    gateway.clock.advance(60_000);
    const again = await gateway.query(PAGE);
    expect(paths(gateway)).toEqual([LIST, REPORT, LIST]);
    expect(again.body.data.campaigns.nodes[1].statistics).toMatchObject({ ageMs: 60_000, delivered: 900 });
    expect(again.body.data.campaigns.nodes[1].statistics.asOf).toBe("2026-11-23T12:00:00.000Z");
    gateway.clock.advance(1);
    await gateway.query(PAGE);
    expect(paths(gateway).slice(3)).toEqual([LIST, REPORT]);
  });

  test("asks only about the campaigns that it knows nothing of", async () => {
    await using gateway = await start();
    const one = `{ campaign(id: "ONE") { statistics(conversionMetricId: "RESQ6t") { opens } } }`;
    await gateway.query(one);
    await gateway.query(PAGE);
    const asked = gateway.simulator.requests.filter(({ method }) => method === "POST").map(({ body }) => String(body));
    expect(asked).toHaveLength(2);
    expect(asked[1]).not.toContain("ONE");
    expect(asked[1]).toContain("TWO");
  });

  test("other timeframes and metrics are other reports; equal ones are one", async () => {
    await using gateway = await start();
    const { body } = await gateway.query(`{
      campaign(id: "ONE") {
        a: statistics(conversionMetricId: "RESQ6t") { opens }
        b: statistics(conversionMetricId: "RESQ6t", timeframe: { key: LAST_365_DAYS }) { clicks }
        c: statistics(conversionMetricId: "RESQ6t", timeframe: { range: { start: "2026-11-01T00:00:00", end: "2026-11-10T00:00:00" } }) { opens messages { messageId } }
      }
    }`);
    expect(body.errors).toBeUndefined();
    expect(paths(gateway).filter((path) => path === REPORT)).toHaveLength(2);
    expect(body.data.campaign.a.opens).toBe(450);
    expect(body.data.campaign.c).toEqual({ opens: null, messages: [] });
  });

  test("when Klaviyo makes no report, an old one is given with its age; without one the field alone has the error", async () => {
    await using gateway = await start({ STATISTICS_MAX_AGE_MS: "0" });
    await gateway.query(PAGE);
    gateway.clock.advance(5_000);
    const answer = { kind: "status", status: 429, headers: { "retry-after": "40" } } as const;
    gateway.simulator.addFault({ match: { method: "POST" }, times: "always", answer });
    const old = await gateway.query(PAGE);
    expect(old.body.errors).toBeUndefined();
    expect(old.body.data.campaigns.nodes[1].statistics).toMatchObject({ ageMs: 5_000, delivered: 900 });
    const other = await gateway.query(PAGE, { timeframe: { key: "THIS_YEAR" } });
    expect(other.body.data.campaigns.nodes[1]).toEqual({ id: "ONE", statistics: null });
    expect(other.body.errors[0]).toMatchObject({
      path: ["campaigns", "nodes", 0, "statistics"],
      extensions: { code: "RATE_LIMITED", retryAfterMs: 40_000 },
    });
  });

  test("two requests that ask at the same time share the report", async () => {
    await using gateway = await start();
    await Promise.all([gateway.query(PAGE), gateway.query(PAGE)]);
    expect(paths(gateway).filter((path) => path === REPORT)).toHaveLength(1);
  });

  test("within Klaviyo's limits the third report of a minute is told at once when to come back", async () => {
    const simulator = { campaigns: CAMPAIGNS, limits: "klaviyo" } as const;
    await using gateway = await startGateway({ clock: new HeldClock(false), simulator });
    const codes: unknown[] = [];
    for (const key of ["TODAY", "THIS_WEEK", "THIS_MONTH"]) {
      const { body } = await gateway.query(PAGE, { timeframe: { key } });
      codes.push(body.errors?.[0].extensions.code);
      gateway.clock.advance(1_000);
    }
    expect(codes).toEqual([undefined, undefined, "RATE_LIMITED"]);
    expect(paths(gateway).filter((path) => path === REPORT)).toHaveLength(2);
  });

  test.each([
    [{ key: "TODAY", range: { start: "2026-11-01T00:00:00", end: "2026-11-02T00:00:00" } }, undefined],
    [{ range: { start: "yesterday", end: "2026-11-02T00:00:00" } }, "timeframe.range.start"],
    [{ range: { start: "2026-02-31T00:00:00", end: "2026-11-02T00:00:00" } }, "timeframe.range.start"],
    [{ range: { start: "2026-11-02T00:00:00", end: "2026-11-02T00:00:00" } }, "timeframe.range.end"],
    [{ range: { start: "2024-11-02T00:00:00", end: "2026-11-02T00:00:00" } }, "timeframe.range.end"],
  ])("%j is refused, and nothing is asked", async (timeframe, field) => {
    await using gateway = await start();
    const query = `query ($timeframe: StatisticsTimeframeInput) {
      campaign(id: "ONE") { statistics(conversionMetricId: "RESQ6t", timeframe: $timeframe) { opens } }
    }`;
    const { body } = await gateway.query(query, { timeframe });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    if (field !== undefined) expect(body.errors[0].extensions.fields[0].field).toBe(field);
    expect(paths(gateway)).not.toContain(REPORT);
  });
});

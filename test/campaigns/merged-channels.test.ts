import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { SeedCampaign } from "../../src/simulator/simulator.js";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

const MERGED = `query ($channels: [CampaignChannel!]!, $sort: CampaignSort = CREATED_AT_DESC, $first: Int, $after: String) {
  campaignsOfChannels(channels: $channels, sort: $sort, first: $first, after: $after) {
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage endCursor }
  }
}`;

const ALL = ["EMAIL", "SMS", "MOBILE_PUSH"];
const CHANNELS = ["email", "sms", "mobile_push"] as const;

/** Campaigns of mixed channels, a day apart, the oldest first. */
function campaigns(channels: readonly number[]): SeedCampaign[] {
  return channels.map((channel, n) => ({
    id: `C${String(n).padStart(3, "0")}`,
    status: "Draft",
    channel: CHANNELS[channel] ?? "email",
    createdAt: new Date(Date.UTC(2026, 0, 1 + n)).toISOString(),
  }));
}

async function page(gateway: TestGateway, variables: object) {
  const { body } = await gateway.query(MERGED, { channels: ALL, ...variables });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  const { edges, pageInfo } = body.data.campaignsOfChannels;
  return { ids: edges.map(({ node }: { node: { id: string } }) => node.id), edges, pageInfo };
}

test("merges channels in order, at one call for each channel and page", async () => {
  await using gateway = await startGateway({ simulator: { campaigns: campaigns([0, 1, 2, 0, 0, 1, 1, 2]) } });
  const first = await page(gateway, { first: 5 });
  expect(first.ids).toEqual(["C007", "C006", "C005", "C004", "C003"]);
  expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  expect(wire(gateway)).toHaveLength(3);
  const second = await page(gateway, { first: 5, after: first.pageInfo.endCursor });
  expect(second.ids).toEqual(["C002", "C001", "C000"]);
  expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
});

test("does not ask for a channel again that has ended", async () => {
  await using gateway = await startGateway({ simulator: { campaigns: campaigns([1, 0, 0, 0, 0]) } });
  const first = await page(gateway, { sort: "CREATED_AT_ASC", first: 2 });
  expect(first.ids).toEqual(["C000", "C001"]);
  gateway.simulator.clearRequests();
  await page(gateway, { sort: "CREATED_AT_ASC", first: 2, after: first.pageInfo.endCursor });
  const filters = gateway.simulator.requests.map(({ query }) => new URLSearchParams(query).get("filter"));
  expect(filters.filter((filter) => filter?.includes(`"sms"`))).toEqual([]);
});

test("whatever the mixture, the page size and the edge to go on from, every campaign is seen once and in order", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(2), { maxLength: 14 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom("CREATED_AT_ASC", "CREATED_AT_DESC", "ID_ASC"),
      async (channels, first, sort) => {
        await using gateway = await startGateway({ simulator: { campaigns: campaigns(channels) } });
        const seen: string[] = [];
        let after: string | null = null;
        for (let more = true; more;) {
          const answer = await page(gateway, { sort, first, after });
          seen.push(...answer.ids);
          more = answer.pageInfo.hasNextPage;
          after = answer.pageInfo.endCursor;
        }
        const expected = campaigns(channels).map(({ id }) => id);
        expect(seen).toEqual(sort === "CREATED_AT_DESC" ? expected.toReversed() : expected);
      },
    ),
    { numRuns: 25 },
  );
});

test("every edge's cursor leads to what follows that edge", async () => {
  await using gateway = await startGateway({ simulator: { campaigns: campaigns([0, 1, 2, 0, 0, 1, 1, 2]) } });
  const all = await page(gateway, { first: 8 });
  for (const [index, edge] of all.edges.entries()) {
    const rest = await page(gateway, { first: 3, after: edge.cursor });
    expect(rest.ids).toEqual(all.ids.slice(index + 1, index + 4));
  }
});

describe("refuses before any call", () => {
  test.each([
    [{ channels: [] }, "channels"],
    [{ channels: ["SMS", "SMS"] }, "channels"],
    [{ channels: ALL, first: 101 }, "first"],
    [{ channels: ALL, after: "nonsense" }, "after"],
    [{ channels: ALL, after: "-.-" }, "after"],
  ])("%j", async (variables, field) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(MERGED, variables);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field }] });
    expect(wire(gateway)).toEqual([]);
  });
});

test("the newest come first where no order is asked for", async () => {
  await using gateway = await startGateway();
  const { body } = await gateway.query("{ campaignsOfChannels(channels: [EMAIL]) { nodes { id } } }");
  expect(body.errors).toBeUndefined();
  expect(gateway.simulator.requests.map(({ query }) => new URLSearchParams(query).get("sort"))).toEqual([
    "-created_at",
  ]);
});

test("gives up what still runs for a page that has failed, once that has been told", async () => {
  await using gateway = await startGateway({
    simulator: { campaigns: campaigns([0, 1]) },
    env: { KLAVIYO_READ_ATTEMPTS: "1" },
  });
  gateway.simulator.addFault({ match: { method: "GET" }, answer: { kind: "black-hole" } });
  gateway.simulator.addFault({ match: { method: "GET" }, answer: { kind: "status", status: 500 } });
  const { body } = await gateway.query(MERGED, { channels: ["EMAIL", "SMS"] });
  expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
  const attempts = () => gateway.logs.filter(({ msg }) => msg === "klaviyo");
  await until(() => attempts().length === 2);
  expect(attempts()[1]).not.toHaveProperty("failure");
  expect(attempts()[1]).not.toHaveProperty("status");
});

import { describe, expect, test } from "@jest/globals";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

const LIST = `query ($filter: CampaignFilterInput, $sort: CampaignSort, $first: Int, $after: String) {
  campaigns(channel: EMAIL, filter: $filter, sort: $sort, first: $first, after: $after) {
    nodes { id name }
    pageInfo { endCursor }
  }
}`;

const CAMPAIGNS = [
  { id: "A", name: "Sale in spring", status: "Sent", createdAt: "2026-03-01T00:00:00Z" },
  { id: "B", name: "Sale in autumn", status: "Sending", createdAt: "2026-09-01T00:00:00Z" },
  { id: "C", name: `Say "hi", (now)`, status: "Cancelled: No Recipients", createdAt: "2026-10-01T00:00:00Z" },
  { id: "D", name: "Old news", status: "Sent", archived: true, createdAt: "2025-01-01T00:00:00Z" },
];

function start(): Promise<TestGateway> {
  return startGateway({ simulator: { campaigns: CAMPAIGNS } });
}

async function idsOf(gateway: TestGateway, variables: object): Promise<string[]> {
  const { body } = await gateway.query(LIST, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.campaigns.nodes.map(({ id }: { id: string }) => id).toSorted();
}

function lastFilter(gateway: TestGateway): string | null {
  return new URLSearchParams(gateway.simulator.requests.at(-1)?.query).get("filter");
}

describe("a filter", () => {
  test.each([
    [{}, ["A", "B", "C"], `equals(archived,false)`],
    [{ archived: false }, ["A", "B", "C"], `equals(archived,false)`],
    [{ archived: true }, ["D"], `equals(archived,true)`],
    [{ statuses: ["SENT"] }, ["A"], `equals(archived,false),equals(status,"Sent")`],
    [
      { statuses: ["SENDING", "CANCELLED_NO_RECIPIENTS"] },
      ["B", "C"],
      `equals(archived,false),any(status,["Sending","Cancelled: No Recipients"])`,
    ],
    [{ nameContains: "Sale" }, ["A", "B"], `equals(archived,false),contains(name,"Sale")`],
    [{ nameContains: `"hi", (` }, ["C"], String.raw`equals(archived,false),contains(name,"\"hi\", (")`],
    [
      { createdAt: { from: "2026-03-01T00:00:00Z", before: "2026-09-01T00:00:00Z" } },
      ["A"],
      `equals(archived,false),greater-or-equal(created_at,2026-03-01T00:00:00.000Z),less-than(created_at,2026-09-01T00:00:00.000Z)`,
    ],
    [
      { createdAt: { after: "2026-03-01T00:00:00Z", until: "2026-10-01T00:00:00Z" } },
      ["B", "C"],
      `equals(archived,false),greater-than(created_at,2026-03-01T00:00:00.000Z),less-or-equal(created_at,2026-10-01T00:00:00.000Z)`,
    ],
    [{ ids: ["A", "C", "gone"] }, ["A", "C"], `equals(archived,false),any(id,["A","C","gone"])`],
    [
      { ids: ["A", "B"], statuses: ["SENT"], nameContains: "Sale" },
      ["A"],
      `equals(archived,false),equals(status,"Sent"),contains(name,"Sale"),any(id,["A","B"])`,
    ],
  ])("%j is one call with exactly its clauses", async (filter, ids, clauses) => {
    await using gateway = await start();
    expect(await idsOf(gateway, { filter })).toEqual(ids);
    expect(wire(gateway)).toEqual(["GET /api/campaigns"]);
    expect(lastFilter(gateway)).toBe(`and(equals(messages.channel,"email"),${clauses})`);
  });

  test("left out lists what is not archived", async () => {
    await using gateway = await start();
    expect(await idsOf(gateway, {})).toEqual(["A", "B", "C"]);
  });

  test.each([
    [{ statuses: [] }, "filter.statuses"],
    [{ statuses: ["UNRECOGNIZED"] }, "filter.statuses"],
    [{ nameContains: "" }, "filter.nameContains"],
    [{ nameContains: "x".repeat(257) }, "filter.nameContains"],
    [{ nameContains: "two\nlines" }, "filter.nameContains"],
    [{ ids: [] }, "filter.ids"],
    [{ ids: ["../x"] }, "filter.ids"],
    [{ ids: Array(101).fill("x") }, "filter.ids"],
    [{ createdAt: { before: "9999-12-31T23:00:00-01:00" } }, "filter.createdAt.before"],
    [{ scheduledAt: { from: "0000-01-01T00:00:00+01:00" } }, "filter.scheduledAt.from"],
  ])("%j is refused with the path of its fault, before any call", async (filter, field) => {
    await using gateway = await start();
    const { body } = await gateway.query(LIST, { filter });
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field }] });
    expect(wire(gateway)).toEqual([]);
  });

  test.each([
    [["A", "../x"], `"../x" is not an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`],
    [
      ["a b", "A", "c d", ""],
      `"a b" and 2 more are not ids of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`,
    ],
  ])("with ids of which some are none, %j, says which", async (ids, message) => {
    await using gateway = await start();
    const { body } = await gateway.query(LIST, { filter: { ids } });
    expect(body.errors[0].extensions.fields).toEqual([{ field: "filter.ids", message }]);
  });

  test("with several faults names them all", async () => {
    await using gateway = await start();
    const { body } = await gateway.query(LIST, { first: 0, filter: { ids: [], nameContains: "" } });
    const fields = body.errors[0].extensions.fields.map(({ field }: { field: string }) => field);
    expect(fields.toSorted()).toEqual(["filter.ids", "filter.nameContains", "first"]);
  });
});

describe("sort", () => {
  test.each([
    ["CREATED_AT_ASC", ["A", "B", "C"], "created_at"],
    ["CREATED_AT_DESC", ["C", "B", "A"], "-created_at"],
    ["NAME_ASC", ["B", "A", "C"], "name"],
    ["ID_DESC", ["C", "B", "A"], "-id"],
  ])("%s is Klaviyo's own order", async (sort, ids, parameter) => {
    await using gateway = await start();
    const { body } = await gateway.query(LIST, { sort });
    expect(body.data.campaigns.nodes.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(new URLSearchParams(gateway.simulator.requests[0]?.query).get("sort")).toBe(parameter);
  });
});

describe("a cursor", () => {
  test("leads on in the same list", async () => {
    await using gateway = await start();
    const variables = { filter: { nameContains: "Sale" }, sort: "NAME_ASC", first: 1 };
    const { body } = await gateway.query(LIST, variables);
    const after = body.data.campaigns.pageInfo.endCursor;
    expect(await idsOf(gateway, { ...variables, after })).toEqual(["A"]);
  });

  test.each([
    [{ filter: { nameContains: "Other" }, sort: "NAME_ASC" }],
    [{ filter: { nameContains: "Sale" }, sort: "NAME_DESC" }],
    [{ sort: "NAME_ASC" }],
  ])("of another filter or sort is refused: %j", async (other) => {
    await using gateway = await start();
    const { body } = await gateway.query(LIST, { filter: { nameContains: "Sale" }, sort: "NAME_ASC", first: 1 });
    const after = body.data.campaigns.pageInfo.endCursor;
    const answer = await gateway.query(LIST, { ...other, after });
    expect(answer.body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "after" }] });
  });
});

import { expect, test } from "@jest/globals";
import { wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

const PAGE = `query ($channel: CampaignChannel!, $first: Int, $after: String) {
  campaigns(channel: $channel, first: $first, after: $after) {
    edges { cursor node { id } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

function startWith(count: number, channel: "email" | "sms" = "email"): Promise<TestGateway> {
  const campaigns = Array.from({ length: count }, (_, n) => ({
    id: `C${String(n).padStart(3, "0")}`,
    status: "Draft",
    channel,
  }));
  return startGateway({ simulator: { campaigns } });
}

async function page(gateway: TestGateway, variables: object) {
  const { body } = await gateway.query(PAGE, { channel: "EMAIL", ...variables });
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.campaigns;
}

function idsOf({ nodes }: { nodes: readonly { id: string }[] }): string[] {
  return nodes.map(({ id }) => id);
}

test("following endCursor visits every campaign once, at one Klaviyo call a page", async () => {
  await using gateway = await startWith(25);
  const seen: string[] = [];
  let after: string | null = null;
  const pages: boolean[] = [];
  do {
    const answer = await page(gateway, { first: 10, after });
    seen.push(...idsOf(answer));
    pages.push(answer.pageInfo.hasPreviousPage);
    after = answer.pageInfo.hasNextPage ? answer.pageInfo.endCursor : null;
  } while (after);
  expect(seen).toHaveLength(25);
  expect(new Set(seen).size).toBe(25);
  expect(pages).toEqual([false, true, true]);
  expect(wire(gateway)).toEqual(Array(3).fill("GET /api/campaigns"));
});

test("every edge's cursor leads to what follows that edge", async () => {
  await using gateway = await startWith(7);
  const all = await page(gateway, { first: 7 });
  const first = await page(gateway, { first: 4 });
  for (const [index, edge] of first.edges.entries()) {
    const rest = await page(gateway, { first: 3, after: edge.cursor });
    expect(idsOf(rest)).toEqual(idsOf(all).slice(index + 1, index + 4));
    expect(rest.pageInfo.hasPreviousPage).toBe(true);
  }
});

test("a cursor from the middle of a full page of 100 costs a second call, and still gives a full page", async () => {
  await using gateway = await startWith(130);
  const hundred = await page(gateway, { first: 100 });
  gateway.simulator.clearRequests();
  const rest = await page(gateway, { first: 20, after: hundred.edges[89].cursor });
  expect(rest.nodes).toHaveLength(20);
  expect(rest.nodes.slice(0, 10)).toEqual(hundred.nodes.slice(90));
  expect(wire(gateway)).toHaveLength(2);
});

test("the last page says so, and after its last edge there is nothing", async () => {
  await using gateway = await startWith(3);
  const answer = await page(gateway, { first: 3 });
  expect(answer.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: false });
  const beyond = await page(gateway, { after: answer.pageInfo.endCursor });
  expect(beyond).toMatchObject({ edges: [], nodes: [], pageInfo: { hasNextPage: false, endCursor: null } });
});

test("lists the asked channel alone, 20 campaigns unless said otherwise, without archived ones", async () => {
  await using gateway = await startWith(30, "sms");
  gateway.simulator.addCampaign({ id: "ARCHIVED", status: "Sent", channel: "sms", archived: true });
  expect((await page(gateway, { channel: "SMS" })).nodes).toHaveLength(20);
  expect((await page(gateway, { channel: "EMAIL" })).nodes).toHaveLength(0);
  const everything = await page(gateway, { channel: "SMS", first: 100 });
  expect(idsOf(everything)).not.toContain("ARCHIVED");
});

test.each([0, -1, 101, 250])("first: %d is refused before any call", async (first) => {
  await using gateway = await startWith(1);
  const { body } = await gateway.query(PAGE, { channel: "EMAIL", first });
  expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "first" }] });
  expect(wire(gateway)).toEqual([]);
});

test("a cursor that this list did not give is refused, one of another channel included", async () => {
  await using gateway = await startWith(5);
  const { pageInfo } = await page(gateway, { first: 2 });
  const forged = Buffer.from(JSON.stringify([1, "email", -5, null])).toString("base64url");
  const cursors = ["", "nonsense", "bnVsbA", forged, "x".repeat(5_000), `${pageInfo.endCursor}x`.slice(3)];
  gateway.simulator.clearRequests();
  for (const after of cursors) {
    const { body } = await gateway.query(PAGE, { channel: "EMAIL", after });
    if (after === "") continue;
    expect(body.errors?.[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "after" }] });
  }
  const other = await gateway.query(PAGE, { channel: "SMS", after: pageInfo.endCursor });
  expect(other.body.errors[0].extensions).toMatchObject({ fields: [{ field: "after" }] });
});

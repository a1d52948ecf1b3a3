import { expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { type Slot, startThinUpstream } from "../support/thin-upstream.js";

const PAGE = `query ($first: Int, $after: String) {
  tags(first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
}`;

/** A letter is a tag; a dot is what Klaviyo does not show. */
function startUpstream(letters: string) {
  const tags = [...letters].map((id): Slot => (id === "." ? null : { id, createdAt: "2026-01-01T00:00:00Z" }));
  return startThinUpstream({ tags });
}

async function page(gateway: TestGateway, variables: object) {
  const { body } = await gateway.query(PAGE, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data.tags;
}

/** All tags from a cursor on. */
async function walk(gateway: TestGateway, first: number, from: string | null) {
  let ids = "";
  let after = from;
  for (let more = true; more;) {
    const { edges, pageInfo } = await page(gateway, { first, after });
    for (const { node } of edges) ids += node.id;
    more = pageInfo.hasNextPage;
    after = pageInfo.endCursor;
  }
  return ids;
}

test.each([
  ["......ABCD", "smaller than before and empty"],
  ["A.....BCDE", "smaller than before and thin"],
  ["AB..CD..EF", "thin in several places"],
])("whatever Klaviyo's pages hold (%s: %s), after each tag's cursor the rest is listed once", async (letters) => {
  const all = letters.replaceAll(".", "");
  await using upstream = await startUpstream(letters);
  await using gateway = await startGateway({ upstreamUrl: upstream.url });
  const { edges } = await page(gateway, { first: 20 });
  expect(edges).toHaveLength(all.length);
  for (const [index, { cursor }] of edges.entries()) {
    for (const first of [1, 2]) expect(await walk(gateway, first, cursor)).toBe(all.slice(index + 1));
  }
});

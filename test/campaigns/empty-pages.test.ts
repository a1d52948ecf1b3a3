import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { type Slot, startThinUpstream } from "../support/thin-upstream.js";

const FIELDS = `edges { cursor node { id } } pageInfo { hasNextPage startCursor endCursor }`;

/** Each list that is tried, and the channels that it has. */
const LISTS = {
  campaigns: {
    channels: ["email"],
    document: `query ($first: Int, $after: String) {
      list: campaigns(channel: EMAIL, sort: CREATED_AT_ASC, first: $first, after: $after) { ${FIELDS} }
    }`,
  },
  campaignsOfChannels: {
    channels: ["email", "sms"],
    document: `query ($first: Int, $after: String) {
      list: campaignsOfChannels(channels: [EMAIL, SMS], sort: CREATED_AT_ASC, first: $first, after: $after) { ${FIELDS} }
    }`,
  },
} as const;

type ListName = keyof typeof LISTS;
const NAMES = ["campaigns", "campaignsOfChannels"] as const;

/** A letter is a campaign, which is older the earlier it stands in the alphabet; a dot is what Klaviyo does not show. */
function slots(letters: string): Slot[] {
  return [...letters].map((id) =>
    id === "." ? null : { id, createdAt: `2026-01-01T00:00:${id.charCodeAt(0) - 55}Z` },
  );
}

function startUpstream(email: string, sms = "") {
  return startThinUpstream({ email: slots(email), sms: slots(sms) });
}

async function page(gateway: TestGateway, name: ListName, variables: object) {
  const { body } = await gateway.query(LISTS[name].document, variables);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  const { edges, pageInfo } = body.data.list;
  return { ids: edges.map(({ node }: { node: { id: string } }) => node.id).join(""), edges, pageInfo };
}

/** All pages from a cursor on, a text each. */
async function walk(gateway: TestGateway, name: ListName, first: number, from: string | null = null) {
  const pages: string[] = [];
  let after = from;
  // Longer than any of these lists: a walk that goes nowhere would not end.
  for (let more = true; more && pages.length < 60;) {
    const { ids, pageInfo } = await page(gateway, name, { first, after });
    pages.push(ids);
    more = pageInfo.hasNextPage;
    if (more) expect(pageInfo.endCursor).not.toBeNull();
    after = pageInfo.endCursor;
  }
  return pages;
}

describe("campaignsOfChannels", () => {
  test.each([
    ["at the start of one channel", "....AD", "BC", ["AB", "CD"]],
    ["at the start of both channels", "..AD", "....BC", ["AB", "CD"]],
    ["in the middle of one channel", "AB....EF", "CD", ["AB", "CD", "EF"]],
    ["in the middle of both channels", "AB..GH", "CD....EF", ["AB", "CD", "EF", "GH"]],
    ["at the end of a channel", "AB....", "CD", ["AB", "CD"]],
    ["in a channel that has nothing else", "....", "AB", ["AB"]],
  ])("steps over pages that are empty %s", async (_, email, sms, expected) => {
    await using upstream = await startUpstream(email, sms);
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    expect(await walk(gateway, "campaignsOfChannels", 2)).toEqual(expected);
  });

  test("leads on where a channel has more empty pages than are read for one of its own", async () => {
    await using upstream = await startUpstream("..........AD", "BC");
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    const first = await page(gateway, "campaignsOfChannels", { first: 2 });
    expect(first.edges).toEqual([]);
    expect(first.pageInfo).toEqual({ hasNextPage: true, startCursor: null, endCursor: expect.any(String) });
    expect(upstream.calls.toSorted()).toEqual(["email", "email", "email", "sms"]);
    expect(await walk(gateway, "campaignsOfChannels", 2, first.pageInfo.endCursor)).toEqual(["AB", "CD"]);
  });

  test("does not ask again for what was empty, nor for a channel that ended so", async () => {
    await using upstream = await startUpstream("....AB", "..");
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    const { edges } = await page(gateway, "campaignsOfChannels", { first: 2 });
    expect(upstream.calls.splice(0).toSorted()).toEqual(["email", "email", "email", "sms"]);
    expect((await page(gateway, "campaignsOfChannels", { first: 2, after: edges[0].cursor })).ids).toBe("B");
    expect(upstream.calls).toEqual(["email"]);
  });
});

describe("campaigns", () => {
  test("leads on where Klaviyo has more empty pages than are read for one of its own", async () => {
    await using upstream = await startUpstream("..............AB");
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    const first = await page(gateway, "campaigns", { first: 2 });
    expect(first.edges).toEqual([]);
    expect(first.pageInfo).toEqual({ hasNextPage: true, startCursor: null, endCursor: expect.any(String) });
    expect(upstream.calls).toHaveLength(3);
    expect(await walk(gateway, "campaigns", 2, first.pageInfo.endCursor)).toEqual(["", "AB"]);
  });
});

describe.each(NAMES)("%s", (name) => {
  test("has no cursor on an empty page that is the last one", async () => {
    await using upstream = await startUpstream("....", "..");
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    const { pageInfo } = await page(gateway, name, { first: 2 });
    expect(pageInfo).toEqual({ hasNextPage: false, startCursor: null, endCursor: null });
  });

  test("skips what lies before a cursor also where a smaller page does not reach that far", async () => {
    await using upstream = await startUpstream("......AB");
    await using gateway = await startGateway({ upstreamUrl: upstream.url });
    const { edges } = await page(gateway, name, { first: 8 });
    expect((await walk(gateway, name, 1, edges[0].cursor)).join("")).toBe("B");
  });

  test("whatever is empty, and wherever one goes on, every campaign is seen once and in order", async () => {
    const slot = fc.constantFrom("email", "sms", "", "", "");
    const gaps = fc.constantFrom(0, 0, 0, 9);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(slot, gaps, gaps), { maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 4 }),
        async (places, first, other) => {
          const all = { email: "", sms: "" };
          for (const [index, [channel, emailGap, smsGap]] of places.entries()) {
            all.email += ".".repeat(emailGap) + (channel === "email" ? String.fromCharCode(65 + index) : ".");
            all.sms += ".".repeat(smsGap) + (channel === "sms" ? String.fromCharCode(65 + index) : ".");
          }
          const channels: readonly ("email" | "sms")[] = LISTS[name].channels;
          const letters = channels.map((channel) => all[channel].replaceAll(".", "")).join("");
          const expected = [...letters].toSorted().join("");
          await using upstream = await startUpstream(all.email, all.sms);
          await using gateway = await startGateway({ upstreamUrl: upstream.url });
          expect((await walk(gateway, name, first)).join("")).toBe(expected);
          const { edges } = await page(gateway, name, { first: 40 });
          for (const { cursor, node } of edges) {
            const rest = expected.slice(expected.indexOf(node.id) + 1);
            expect((await walk(gateway, name, other, cursor)).join("")).toBe(rest);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

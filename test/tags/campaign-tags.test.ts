import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse, type WireResource } from "../support/answers.js";
import { ID, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, API_KEY, startGateway } from "../support/gateway.js";

const SALE = { id: "7f2d6e3b-8c10-4d2f-ae63-3f4a8b6c7d01", name: "Sale" };
const SERVICE = { id: "7f2d6e3b-8c10-4d2f-ae63-3f4a8b6c7d02", name: "Service" };

const SEASON: WireResource = {
  type: "tag-group",
  id: "G1",
  attributes: { name: "Season", exclusive: true, default: false },
};

/** A tag as Klaviyo sends it when its group was included. */
function tag(id: string, groupId: string | null = "G1", attributes: object = {}): WireResource {
  const data = groupId === null ? null : { type: "tag-group", id: groupId };
  return { type: "tag", id, attributes, relationships: { "tag-group": { data } } };
}

describe("Campaign.tags", () => {
  test("come along with the campaign", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: [{ id: ID, status: "Draft", tags: [SALE, SERVICE] }] },
    });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { tags { id label: name } } }`);
    expect(body).toEqual({
      data: {
        campaign: {
          tags: [
            { id: SALE.id, label: "Sale" },
            { id: SERVICE.id, label: "Service" },
          ],
        },
      },
    });
    expect(wire(gateway)).toEqual([READ]);
    expect(queriesTo(gateway, `/api/campaigns/${ID}`)).toEqual(["fields[campaign]=id&fields[tag]=name&include=tags"]);
  });

  test("come along with a page of campaigns, also where a campaign has none", async () => {
    const campaigns = [
      { id: "C0", status: "Draft", tags: [SALE] },
      { id: "C1", status: "Draft" },
    ];
    await using gateway = await startGateway({ simulator: { campaigns } });
    const { body } = await gateway.query(`{ campaigns(channel: EMAIL) { edges { node { id tags { name } } } } }`);
    const nodes = body.data.campaigns.edges.map(({ node }: { node: object }) => node);
    expect(nodes).toEqual(
      expect.arrayContaining([
        { id: "C0", tags: [{ name: "Sale" }] },
        { id: "C1", tags: [] },
      ]),
    );
    expect(wire(gateway)).toEqual(["GET /api/campaigns"]);
  });

  test("are read by a call of their own where they did not come along, once for a campaign", async () => {
    await using gateway = await startGateway();
    answer(gateway, `/api/campaigns/${ID}`, { data: { type: "campaign", id: ID, attributes: { name: "N" } } });
    answer(gateway, `/api/campaigns/${ID}/tags`, { data: [tag("T1", null, { name: "Sale" })] });
    const { body } = await gateway.query(
      `{ campaign(id: "${ID}") { tags { id } more: tags { name } } again: campaign(id: "${ID}") { tags { id } } }`,
    );
    expect(body.data).toEqual({
      campaign: { tags: [{ id: "T1" }], more: [{ name: "Sale" }] },
      again: { tags: [{ id: "T1" }] },
    });
    expect(wire(gateway)).toEqual([READ, `${READ}/tags`]);
    expect(queriesTo(gateway, `/api/campaigns/${ID}/tags`)).toEqual(["fields[tag]=name"]);
  });

  test("are null with an error that names the scope, where the key may not read them", async () => {
    await using gateway = await startGateway({
      simulator: {
        apiKeys: { [API_KEY]: ["campaigns:read"] },
        campaigns: [{ id: ID, name: "Sale", status: "Draft", tags: [SALE] }],
      },
    });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { name tags { name } } }`);
    expect(body.data).toEqual({ campaign: { name: "Sale", tags: null } });
    expect(body.errors).toMatchObject([{ path: ["campaign", "tags"], extensions: { code: "FORBIDDEN" } }]);
    expect(body.errors[0].message).toContain("tags:read");
    expect(wire(gateway)).toEqual([READ, READ]);
  });
});

describe("Tag.group", () => {
  const GROUPS = `{ campaigns(channel: EMAIL) { nodes { id tags { id group { id name exclusive isDefault } } } } }`;

  function campaignsWithTags(count: number) {
    const tags = Array.from({ length: count }, (_, n) => ({ id: `T${n}`, name: `Tag ${n}` }));
    // Each tag is on two campaigns.
    return ["C0", "C1"].map((id) => ({ id, status: "Draft", tags }));
  }

  test("costs a call for each of two tags, however many campaigns carry them", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(2) } });
    answer(gateway, "/api/tags/T0", { data: tag("T0"), included: [SEASON] });
    answer(gateway, "/api/tags/T1", { data: tag("T1", null) });
    const { body } = await gateway.query(GROUPS);
    expect(body.errors).toBeUndefined();
    const expected = [
      { id: "T0", group: { id: "G1", name: "Season", exclusive: true, isDefault: false } },
      { id: "T1", group: null },
    ];
    for (const node of body.data.campaigns.nodes) expect(node.tags).toEqual(expected);
    expect(wire(gateway).toSorted()).toEqual(["GET /api/campaigns", "GET /api/tags/T0", "GET /api/tags/T1"]);
    expect(queriesTo(gateway, "/api/tags/T0")).toEqual([
      "fields[tag]=id&fields[tag-group]=default,exclusive,name&include=tag-group",
    ]);
  });

  test("costs one page for more tags than two, and stops paging when all are found", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(30) } });
    const next = "https://a.klaviyo.com/api/tags?page%5Bcursor%5D=second";
    const data = campaignsWithTags(30)[0]!.tags.map(({ id }) => tag(id));
    answer(gateway, "/api/tags", { data, included: [SEASON], links: { next } });
    const { body } = await gateway.query(GROUPS);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaigns.nodes[0].tags).toHaveLength(30);
    expect(body.data.campaigns.nodes[0].tags[29].group.name).toBe("Season");
    expect(wire(gateway)).toEqual(["GET /api/campaigns", "GET /api/tags"]);
    expect(queriesTo(gateway, "/api/tags")).toEqual([
      "fields[tag]=id&fields[tag-group]=default,exclusive,name&include=tag-group&page[size]=50",
    ]);
  });

  test("pages no further than four pages, and then asks one by one", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(4) } });
    for (const n of [1, 2, 3, 4]) {
      const next = `https://a.klaviyo.com/api/tags?page%5Bcursor%5D=after${n}`;
      const data = n === 4 ? [tag("T0"), tag("T1")] : [tag(`other${n}`)];
      answer(gateway, "/api/tags", { data, included: [SEASON], links: { next } }, 1);
    }
    answer(gateway, "/api/tags/T2", { data: tag("T2"), included: [SEASON] });
    answer(gateway, "/api/tags/T3", { data: tag("T3"), included: [SEASON] });
    const { body } = await gateway.query(GROUPS);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaigns.nodes[0].tags.map((each: { group: { id: string } }) => each.group.id)).toEqual(
      Array(4).fill("G1"),
    );
    expect(wire(gateway).toSorted()).toEqual([
      "GET /api/campaigns",
      ...Array(4).fill("GET /api/tags"),
      "GET /api/tags/T2",
      "GET /api/tags/T3",
    ]);
    expect(queriesTo(gateway, "/api/tags").map((query) => /page\[cursor\]=(\w+)/.exec(query)?.[1])).toEqual([
      undefined,
      "after1",
      "after2",
      "after3",
    ]);
  });

  test("is found for a tag that was made since the pages were kept, at a call more", async () => {
    const cached = { simulator: { campaigns: campaignsWithTags(3) }, env: { KLAVIYO_CACHE: "on" } };
    await using gateway = await startGateway(cached);
    await gateway.query(GROUPS);
    gateway.clock.advance(11_000);
    for (const campaign of campaignsWithTags(4)) gateway.simulator.addCampaign(campaign);
    gateway.simulator.clearRequests();
    const { body } = await gateway.query(GROUPS);
    expect(body.errors).toBeUndefined();
    for (const node of body.data.campaigns.nodes)
      expect(node.tags[3]).toMatchObject({ id: "T3", group: { isDefault: true } });
    expect(wire(gateway)).toEqual(["GET /api/campaigns", "GET /api/tags/T3"]);
  });

  test("is null without an error for a tag alone that is gone by a read of itself", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(4) } });
    answer(gateway, "/api/tags", { data: ["T0", "T1", "T2"].map((id) => tag(id)), included: [SEASON] });
    refuse(gateway, "/api/tags/T3", 404);
    const { body } = await gateway.query(GROUPS);
    expect(body.errors).toBeUndefined();
    const groups = body.data.campaigns.nodes[0].tags.map(({ group }: { group: { id: string } | null }) => group?.id);
    expect(groups).toEqual(["G1", "G1", "G1", undefined]);
    expect(wire(gateway)).toEqual(["GET /api/campaigns", "GET /api/tags", "GET /api/tags/T3"]);
  });

  test("is null with the error of its own read where that fails, although all pages were seen", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT, simulator: { campaigns: campaignsWithTags(4) } });
    answer(gateway, "/api/tags", { data: ["T0", "T1", "T2"].map((id) => tag(id)), included: [SEASON] });
    refuse(gateway, "/api/tags/T3", 503);
    const { body } = await gateway.query(`{ campaign(id: "C0") { tags { group { id } } } }`);
    expect(body.data.campaign.tags).toEqual([...Array(3).fill({ group: { id: "G1" } }), { group: null }]);
    expect(body.errors).toMatchObject([
      { path: ["campaign", "tags", 3, "group"], extensions: { code: "UPSTREAM_UNAVAILABLE" } },
    ]);
  });

  test("is null with an error where a page fails, without a call for each tag", async () => {
    await using gateway = await startGateway({ env: ONE_ATTEMPT, simulator: { campaigns: campaignsWithTags(3) } });
    refuse(gateway, "/api/tags", 503);
    const { body } = await gateway.query(GROUPS);
    expect(body.data.campaigns.nodes[0].tags).toEqual(["T0", "T1", "T2"].map((id) => ({ id, group: null })));
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(wire(gateway)).toEqual(["GET /api/campaigns", "GET /api/tags"]);
  });

  test("does not take a group that Klaviyo does not tell of for none", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(1) } });
    answer(gateway, "/api/tags/T0", { data: { type: "tag", id: "T0", relationships: { "tag-group": { links: {} } } } });
    const { body } = await gateway.query(GROUPS);
    expect(body.data.campaigns.nodes[0].tags).toEqual([{ id: "T0", group: null }]);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });

  test("is null with one error for each tag where tags may not be read", async () => {
    await using gateway = await startGateway({ simulator: { campaigns: campaignsWithTags(1) } });
    refuse(gateway, "/api/tags/T0", 403);
    const { body } = await gateway.query(`{ campaign(id: "C0") { tags { name group { name } } } }`);
    expect(body.data).toEqual({ campaign: { tags: [{ name: "Tag 0", group: null }] } });
    expect(body.errors[0].message).toContain("tags:read");
    expect(wire(gateway)).toEqual(["GET /api/campaigns/C0", "GET /api/tags/T0"]);
  });
});

describe("tag", () => {
  test("brings its group along in one call", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/tags/T1", { data: tag("T1", "G1", { name: "Winter" }), included: [SEASON] });
    const { body } = await gateway.query(`{ tag(id: "T1") { id name group { name } } }`);
    expect(body).toEqual({ data: { tag: { id: "T1", name: "Winter", group: { name: "Season" } } } });
    expect(wire(gateway)).toEqual(["GET /api/tags/T1"]);
    expect(queriesTo(gateway, "/api/tags/T1")).toEqual(["fields[tag]=name&fields[tag-group]=name&include=tag-group"]);
  });

  test("is null when Klaviyo has none", async () => {
    await using gateway = await startGateway();
    refuse(gateway, "/api/tags/gone", 404);
    const { body } = await gateway.query(`{ tag(id: "gone") { name } }`);
    expect(body).toEqual({ data: { tag: null } });
  });
});

describe("tags", () => {
  const PAGE = `query ($first: Int, $after: String) {
    tags(first: $first, after: $after) {
      edges { cursor node { id } }
      nodes { name group { id } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }`;

  test("lists tags with their groups, a call a page", async () => {
    await using gateway = await startGateway();
    const next = "https://a.klaviyo.com/api/tags?page%5Bcursor%5D=second";
    const prev = "https://a.klaviyo.com/api/tags?page%5Bcursor%5D=first";
    const [a, b, c] = ["A", "B", "C"].map((name) => tag(name, "G1", { name }));
    answer(gateway, "/api/tags", { data: [a!, b!], included: [SEASON], links: { next } }, 1);
    answer(gateway, "/api/tags", { data: [c!], included: [SEASON], links: { next: null, prev } }, 1);
    const first = (await gateway.query(PAGE, { first: 2 })).body.data.tags;
    expect(first.nodes).toEqual(["A", "B"].map((name) => ({ name, group: { id: "G1" } })));
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0].cursor,
      endCursor: first.edges[1].cursor,
    });
    const second = (await gateway.query(PAGE, { first: 2, after: first.pageInfo.endCursor })).body.data.tags;
    expect(second.nodes.map(({ name }: { name: string }) => name)).toEqual(["C"]);
    expect(second.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const fields = "fields[tag]=name&fields[tag-group]=id&include=tag-group&sort=name&page[size]=2";
    expect(queriesTo(gateway, "/api/tags")).toEqual([fields, `${fields}&page[cursor]=second`]);
  });

  test("goes on after any edge, by asking for its page again", async () => {
    await using gateway = await startGateway();
    const data = ["A", "B", "C"].map((name) => tag(name, "G1", { name }));
    answer(gateway, "/api/tags", { data, included: [SEASON] });
    const all = (await gateway.query(PAGE)).body.data.tags;
    const rest = (await gateway.query(PAGE, { first: 1, after: all.edges[1].cursor })).body.data.tags;
    expect(rest.edges).toEqual([all.edges[2]]);
    expect(rest.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    expect(queriesTo(gateway, "/api/tags")[1]).toContain("page[size]=3");
  });

  test.each([
    [{ first: 0 }, "first"],
    [{ first: 51 }, "first"],
    [{ after: "nonsense" }, "after"],
  ])("refuses %j before any call", async (variables, field) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(PAGE, variables);
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field }] });
    expect(wire(gateway)).toEqual([]);
  });
});

describe("_entities", () => {
  const ENTITIES = `query ($all: [_Any!]!) {
    _entities(representations: $all) { ... on Tag { name group { exclusive } } ... on TagGroup { name isDefault } }
  }`;

  test("reads tags and groups by pages, in order, and asks for what is in none before it says null", async () => {
    await using gateway = await startGateway();
    answer(gateway, "/api/tags", {
      data: ["T2", "T0", "T1"].map((id) => tag(id, "G1", { name: id })),
      included: [SEASON],
    });
    answer(gateway, "/api/tag-groups/G1", { data: SEASON });
    const all = ["T0", "T1", "gone", "T2"].map((id) => ({ __typename: "Tag", id }));
    const { body } = await gateway.query(ENTITIES, { all: [...all, { __typename: "TagGroup", id: "G1" }] });
    expect(body.errors).toBeUndefined();
    expect(body.data._entities).toEqual([
      { name: "T0", group: { exclusive: true } },
      { name: "T1", group: { exclusive: true } },
      null,
      { name: "T2", group: { exclusive: true } },
      { name: "Season", isDefault: false },
    ]);
    expect(wire(gateway).toSorted()).toEqual(["GET /api/tag-groups/G1", "GET /api/tags", "GET /api/tags/gone"]);
    expect(queriesTo(gateway, "/api/tag-groups/G1")).toEqual(["fields[tag-group]=default,name"]);
  });

  test.each([
    ["Tag", "/api/tags", "tag"],
    ["TagGroup", "/api/tag-groups", "tag-group"],
  ])("finds a %s that was made since the pages were kept", async (__typename, path, type) => {
    await using gateway = await startGateway({ env: { KLAVIYO_CACHE: "on" } });
    const some = ["A", "B", "C"].map((id) => ({ ...SEASON, type, id }));
    answer(gateway, path, { data: some });
    answer(gateway, `${path}/NEW`, { data: { ...SEASON, type, id: "NEW" } });
    const ask = (ids: readonly string[]) =>
      gateway.query(`query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${__typename} { id } } }`, {
        all: ids.map((id) => ({ __typename, id })),
      });
    await ask(["A", "B", "C"]);
    gateway.clock.advance(200_000);
    const { body } = await ask(["A", "B", "NEW"]);
    expect(body).toEqual({ data: { _entities: [{ id: "A" }, { id: "B" }, { id: "NEW" }] } });
  });
});

import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { startGateway } from "../support/gateway.js";
import { SEASON, tag } from "./wire-tags.js";

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

import { describe, expect, test } from "@jest/globals";
import { attributesOf, faultsOf, idsOf } from "./read-answer.js";
import { start, type Started } from "./start-simulator.js";

const audiences = [
  { id: "aaaaaa", name: "Alpha", created: "2026-01-01T00:00:00Z", profileCount: 5, tagIds: ["t1"] },
  { id: "bbbbbb", name: "Beta", created: "2026-02-01T00:00:00Z", updated: "2026-03-01T00:00:00Z" },
  { id: "cccccc", name: "Gamma", created: "2026-03-01T00:00:00Z" },
];

const ACCOUNT = {
  lists: audiences,
  segments: audiences.map((audience, index) => ({ ...audience, isActive: index !== 1, isStarred: index === 2 })),
  tags: [{ id: "t1", name: "Tag" }],
  templates: [
    { id: "aaaaaa", name: "Alpha", editorType: "SYSTEM_DRAGGABLE" as const, definition: { body: {}, styles: [] } },
    { id: "bbbbbb", name: "Beta", created: "2026-02-01T00:00:00Z" },
    { id: "cccccc", name: "Gamma" },
  ],
  images: [
    { id: "1", name: "One", sizeBytes: 9, format: "png" },
    { id: "2", name: "Two", sizeBytes: 100, format: "gif", hidden: true, updatedAt: "2026-02-01T00:00:00Z" },
    { id: "3", name: "Three", sizeBytes: 20, format: "png" },
  ],
  metrics: [
    { id: "m1", name: "Order", integration: { name: "Shopify", category: "eCommerce" } },
    { id: "m2", name: "Open", integration: { name: "Klaviyo", category: "Internal" } },
    { id: "m3", name: "Custom" },
  ],
};

const withAccount = (): Promise<Started> => start({ account: ACCOUNT });
const path = (collection: string, query: Readonly<Record<string, string>>) =>
  `/api/${collection}?${new URLSearchParams(query)}`;

describe("filters of the library", () => {
  test.each([
    ["lists", 'any(id,["cccccc","zz","aaaaaa"])', "aaaaaa cccccc"],
    ["lists", 'equals(id,"bbbbbb")', "bbbbbb"],
    ["lists", 'any(name,["Beta","Gamma"])', "bbbbbb cccccc"],
    ["lists", "greater-than(created,2026-02-01T00:00:00Z)", "cccccc"],
    ["lists", "greater-than(updated,2026-02-15T00:00:00Z)", "bbbbbb cccccc"],
    ["segments", "equals(is_active,false)", "bbbbbb"],
    ["segments", "any(is_active,[true])", "aaaaaa cccccc"],
    ["segments", 'equals(is_starred,true),any(id,["aaaaaa","cccccc"])', "cccccc"],
    ["templates", 'equals(id,["aaaaaa"])', "aaaaaa"],
    ["templates", 'contains(name,"m")', "cccccc"],
    ["templates", "equals(created,2026-02-01T00:00:00Z)", "bbbbbb"],
    ["images", 'any(id,["1","3"])', "1 3"],
    ["images", "greater-than(size,9),less-or-equal(size,100)", "2 3"],
    ["images", 'starts-with(name,"T")', "2 3"],
    ["images", 'ends-with(name,"e")', "1 3"],
    ["images", "equals(hidden,true)", "2"],
    ["images", 'any(format,["gif"])', "2"],
    ["images", "greater-than(updated_at,2026-01-01)", "2"],
    ["metrics", 'equals(integration.name,"Shopify")', "m1"],
    ["metrics", 'equals(integration.category,"Internal")', "m2"],
  ])("%s: %s finds %s", async (collection, filter, ids) => {
    const { call } = await withAccount();
    expect(idsOf(await call(path(collection, { filter })))).toEqual(ids.split(" "));
  });

  test.each([
    ["lists", 'equals(name,"Alpha")'],
    ["lists", "less-than(created,2026-02-01T00:00:00Z)"],
    ["templates", 'equals(id,"aaaaaa")'],
    ["images", 'greater-than(size,"9")'],
    ["images", "equals(size,9)"],
    ["metrics", 'any(id,["m1"])'],
  ])("%s: %s is not declared and so refused", async (collection, filter) => {
    const { call } = await withAccount();
    expect(faultsOf(await call(path(collection, { filter })))).toEqual([400, "filter"]);
  });
});

describe("orders and pages of the library", () => {
  test.each([
    ["lists", "-name", "cccccc bbbbbb aaaaaa"],
    ["segments", "created", "aaaaaa bbbbbb cccccc"],
    ["templates", "-updated", "bbbbbb cccccc aaaaaa"],
    ["images", "size", "1 3 2"],
    ["images", "-format", "3 1 2"],
  ])("%s by %s", async (collection, sort, ids) => {
    const { call } = await withAccount();
    expect(idsOf(await call(path(collection, { sort })))).toEqual(ids.split(" "));
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: String(1_000 + index), name: `Item ${index}` }));

  test.each([
    ["lists", 10, 10],
    ["segments", 10, 10],
    ["templates", 10, 10],
    ["images", 20, 100],
    ["tags", 50, 50],
    ["tag-groups", 25, 25],
  ])("%s have %i on a page and %i at most", async (collection, usual, most) => {
    const key = collection === "tag-groups" ? "tagGroups" : collection;
    const { call, url } = await start({ account: { [key]: many(usual + 5) }, limits: "off" });
    const first = await call(`/api/${collection}`);
    const second = await call(String(first.json["links"]?.["next"]).replace(url, ""));
    const rest = collection === "tag-groups" ? 6 : 5;
    expect([idsOf(first).length, idsOf(second).length]).toEqual([usual, rest]);
    const sizes = [String(most), String(most + 1)];
    const statuses = await Promise.all(
      sizes.map(async (size) => (await call(path(collection, { "page[size]": size }))).status),
    );
    expect(statuses).toEqual([200, 400]);
  });

  test("metrics have 200 on a page and take no size", async () => {
    const { call } = await start({ account: { metrics: many(201) } });
    expect(idsOf(await call("/api/metrics"))).toHaveLength(200);
    expect(faultsOf(await call("/api/metrics?page[size]=10"))).toEqual([400, "page[size]"]);
  });

  test("a page size is unknown to lists, segments, templates and tags before 2026-04-15", async () => {
    const { call } = await withAccount();
    const headers = { revision: "2026-01-15" };
    const collections = ["lists", "segments", "templates", "tags"];
    const answers = await Promise.all(collections.map((name) => call(`/api/${name}?page[size]=5`, { headers })));
    expect(answers.map((answer) => answer.status)).toEqual([400, 400, 400, 400]);
  });
});

describe("one of the library", () => {
  test.each(["lists/aaaaaa", "segments/aaaaaa", "templates/bbbbbb", "images/1", "metrics/m1"])(
    "is %s",
    async (name) => {
      const { call } = await withAccount();
      const answer = await call(`/api/${name}`);
      expect([answer.status, answer.json["data"]?.["id"]]).toEqual([200, name.split("/")[1]]);
    },
  );

  test.each(["lists", "segments", "templates", "images", "metrics"])("that is not in %s is 404", async (name) => {
    const { call } = await withAccount();
    expect((await call(`/api/${name}/zz`)).status).toBe(404);
  });

  test("is a list or a segment, never both, so an audience's kind can be told", async () => {
    const { call } = await start();
    const query = { filter: 'any(id,["Y6nRLr","VbM7aD"])' };
    expect([idsOf(await call(path("lists", query))), idsOf(await call(path("segments", query)))]).toEqual([
      ["Y6nRLr"],
      ["VbM7aD"],
    ]);
  });

  test.each([
    ["lists", "list"],
    ["segments", "segment"],
  ])("of %s counts its profiles only when asked, once a second", async (collection, type) => {
    const { call, clock } = await withAccount();
    const counting = `/api/${collection}/aaaaaa?additional-fields[${type}]=profile_count`;
    const first = await call(counting);
    expect([attributesOf(first)["profile_count"], first.headers.get("ratelimit-limit")]).toEqual([5, "15"]);
    expect((await call(counting)).status).toBe(429);
    const plain = await call(`/api/${collection}/aaaaaa`);
    expect([plain.status, attributesOf(plain)["profile_count"], plain.headers.get("ratelimit-limit")]).toEqual([
      200,
      undefined,
      "750",
    ]);
    clock.advance(1_000);
    expect((await call(`${counting}&fields[${type}]=name`)).json["data"]?.["attributes"]).toEqual({
      name: "Alpha",
      profile_count: 5,
    });
  });

  test("includes the tags of a list, and no flows", async () => {
    const { call } = await withAccount();
    const { json } = await call("/api/lists?include=tags,flow-triggers&fields[tag]=name");
    expect(json["included"]).toMatchObject([{ type: "tag", id: "t1", attributes: { name: "Tag" } }]);
    expect(json["data"]?.[0]?.["relationships"]?.["tags"]?.["data"]).toEqual([{ type: "tag", id: "t1" }]);
  });

  test("a template shows its definition only when asked, and only a drag-and-drop one has it", async () => {
    const { call } = await withAccount();
    const whole = "additional-fields[template]=definition";
    const [plain, asked, coded] = [
      await call("/api/templates/aaaaaa"),
      await call(`/api/templates/aaaaaa?${whole}`),
      await call(`/api/templates/bbbbbb?${whole}`),
    ].map((answer) => attributesOf(answer)["definition"]);
    expect([plain, asked, coded]).toEqual([undefined, { body: {}, styles: [] }, undefined]);
  });
});

import { describe, expect, test } from "@jest/globals";
import { idsOf } from "./read-answer.js";
import { aCampaign, CAMPAIGN_ID, start, type Started } from "./start-simulator.js";

const ACCOUNT = {
  tagGroups: [
    { id: "g0", name: "Default", isDefault: true },
    { id: "g1", name: "Season", exclusive: true },
  ],
  tags: [
    { id: "t1", name: "Summer", groupId: "g1" },
    { id: "t2", name: "Winter", groupId: "g1" },
  ],
};

const startTags = (): Promise<Started> =>
  start({
    limits: "off",
    account: ACCOUNT,
    campaigns: [
      aCampaign({
        tags: [
          { id: "t1", name: "Summer" },
          { id: "t3", name: "Own" },
        ],
      }),
      { id: "old", status: "Sent", archived: true, tags: [{ id: "t1", name: "Summer" }] },
      { id: "none", status: "Sent" },
    ],
  });

describe("tags", () => {
  test.each([
    ["/api/tags", "t1 t2 t3"],
    ["/api/tags?sort=-name", "t2 t1 t3"],
    ['/api/tags?filter=contains(name,"er")', "t1 t2"],
    ['/api/tags?filter=equals(name,"Own")', "t3"],
    ['/api/tags?filter=starts-with(name,"W")', "t2"],
    ["/api/tag-groups", "g0 g1"],
    ["/api/tag-groups?filter=equals(exclusive,true)", "g1"],
    ["/api/tag-groups?filter=equals(default,true)", "g0"],
    ['/api/tag-groups?filter=ends-with(name,"n")', "g1"],
    [`/api/campaigns/${CAMPAIGN_ID}/tags`, "t1 t3"],
    [`/api/campaigns/${CAMPAIGN_ID}/relationships/tags`, "t1 t3"],
    ["/api/tags/t1/relationships/campaigns", `${CAMPAIGN_ID} old`],
  ])("%s are %s", async (path, ids) => {
    const { call } = await startTags();
    expect(idsOf(await call(path))).toEqual(ids.split(" "));
  });

  test.each([
    ["/api/tags/t2", "tag", "t2"],
    ["/api/tag-groups/g1", "tag-group", "g1"],
    ["/api/tags/t2/tag-group", "tag-group", "g1"],
    ["/api/tags/t2/relationships/tag-group", "tag-group", "g1"],
    ["/api/tags/t3/tag-group", "tag-group", "g0"],
  ])("%s is the %s %s", async (path, type, id) => {
    const { call } = await startTags();
    expect((await call(path)).json["data"]).toMatchObject({ type, id });
  });

  test("bring their groups along, each once", async () => {
    const { call } = await startTags();
    const { json } = await call("/api/tags?include=tag-group&fields[tag-group]=name");
    expect(json["included"]).toMatchObject([
      { id: "g1", attributes: { name: "Season" } },
      { id: "g0", attributes: { name: "Default" } },
    ]);
    expect(json["data"]?.[0]?.["relationships"]?.["tag-group"]?.["data"]).toEqual({ type: "tag-group", id: "g1" });
  });

  test("cannot be found by id in a list: Klaviyo has no such filter", async () => {
    const { call } = await startTags();
    expect((await call('/api/tags?filter=any(id,["t1"])')).status).toBe(400);
  });

  test.each([
    "/api/tags/zz",
    "/api/tags/zz/tag-group",
    "/api/tags/zz/relationships/campaigns",
    "/api/tag-groups/zz",
    "/api/campaigns/zz/tags",
  ])("%s is 404", async (path) => {
    const { call } = await startTags();
    expect((await call(path)).status).toBe(404);
  });

  test("no tags are an empty list", async () => {
    const { call } = await startTags();
    expect(idsOf(await call("/api/campaigns/none/tags"))).toEqual([]);
  });

  test("are read three times a second at most", async () => {
    const { call } = await start();
    const answers = [1, 2, 3, 4].map(() => call(`/api/campaigns/${CAMPAIGN_ID}/tags`));
    expect((await Promise.all(answers)).map((answer) => answer.status).toSorted()).toEqual([200, 200, 200, 429]);
  });
});

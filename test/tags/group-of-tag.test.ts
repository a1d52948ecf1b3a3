import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway } from "../support/gateway.js";
import { SEASON, tag } from "./wire-tags.js";

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

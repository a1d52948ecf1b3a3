import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, refuse } from "../support/answers.js";
import { ID, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";

const LISTS = "/api/lists";
const SEGMENTS = "/api/segments";

const AUDIENCES = /* GraphQL */ `
  query ($id: ID!) {
    campaign(id: $id) {
      name
      audiences {
        included {
          ...Audience
        }
        excluded {
          ...Audience
        }
      }
    }
  }
  fragment Audience on Audience {
    __typename
    ... on List {
      id
      name
    }
    ... on Segment {
      id
      active: isActive
    }
    ... on UnknownAudience {
      id
    }
  }
`;

function list(id: string, attributes: object = { name: `List ${id}` }) {
  return { type: "list", id, attributes };
}

function segment(id: string, attributes: object = { is_active: true }) {
  return { type: "segment", id, attributes };
}

function startWithAudiences(included: string[], excluded: string[] = [], env = {}): Promise<TestGateway> {
  return startGateway({
    env,
    simulator: { campaigns: [{ id: ID, status: "Draft", audiences: { included, excluded } }] },
  });
}

/** The ids of `any(id,[...])`, call by call. */
function idsAsked(gateway: TestGateway, path: string): string[][] {
  return queriesTo(gateway, path).map((query) => JSON.parse(/filter=any\(id,(\[.*?\])\)/.exec(query)?.[1] ?? "[]"));
}

describe("Campaign.audiences", () => {
  test("tells lists from segments by asking both, for the fields that the fragments select", async () => {
    await using gateway = await startWithAudiences(["L1", "S1"], ["gone"]);
    answer(gateway, LISTS, { data: [list("L1")] });
    answer(gateway, SEGMENTS, { data: [segment("S1")] });
    const { body } = await gateway.query(AUDIENCES, { id: ID });
    expect(body.errors).toBeUndefined();
    expect(body.data.campaign.audiences).toEqual({
      included: [
        { __typename: "List", id: "L1", name: "List L1" },
        { __typename: "Segment", id: "S1", active: true },
      ],
      excluded: [{ __typename: "UnknownAudience", id: "gone" }],
    });
    expect(wire(gateway)).toEqual([READ, "GET /api/lists", "GET /api/segments"]);
    expect(queriesTo(gateway, LISTS)).toEqual(['filter=any(id,["L1","S1","gone"])&fields[list]=name&page[size]=10']);
    expect(queriesTo(gateway, SEGMENTS)).toEqual([
      'filter=any(id,["L1","S1","gone"])&fields[segment]=is_active&page[size]=10',
    ]);
  });

  test("asks once for what included and excluded select together", async () => {
    await using gateway = await startWithAudiences(["L1", "L2"], ["L2"]);
    answer(gateway, LISTS, { data: [list("L1", { name: "A", opt_in_process: null }), list("L2", { name: "B" })] });
    answer(gateway, SEGMENTS, { data: [] });
    const { body } = await gateway.query(`{
      campaign(id: "${ID}") {
        audiences {
          whom: included { ... on List { title: name } }
          excluded { ... on List { optInProcess updatedAt @skip(if: true) } }
        }
      }
    }`);
    expect(body.data.campaign.audiences).toEqual({
      whom: [{ title: "A" }, { title: "B" }],
      excluded: [{ optInProcess: null }],
    });
    expect(queriesTo(gateway, LISTS)).toEqual([
      'filter=any(id,["L1","L2"])&fields[list]=name,opt_in_process&page[size]=10',
    ]);
  });

  test("costs ten ids a call, once for all campaigns, each id once", async () => {
    const ids = Array.from({ length: 25 }, (_, n) => `A${n}`);
    // Five audiences for each of five campaigns, and one that all of them share.
    const campaigns = Array.from({ length: 5 }, (_, n) => ({
      id: `C${n}`,
      status: "Draft",
      audiences: { included: [...ids.slice(n * 5, n * 5 + 5), "A0"], excluded: ["A24"] },
    }));
    await using gateway = await startGateway({ simulator: { campaigns } });
    answer(gateway, LISTS, { data: ids.slice(0, 13).map((id) => list(id)) });
    answer(gateway, SEGMENTS, { data: ids.slice(13).map((id) => segment(id)) });
    const { body } = await gateway.query(`{
      campaigns(channel: EMAIL) {
        nodes {
          id
          audiences {
            included { __typename ... on List { id } ... on Segment { id } }
            excluded { __typename ... on Segment { id } }
          }
        }
      }
    }`);
    expect(body.errors).toBeUndefined();
    const c2 = body.data.campaigns.nodes.find((node: { id: string }) => node.id === "C2");
    expect(c2.audiences).toEqual({
      included: ["List A10", "List A11", "List A12", "Segment A13", "Segment A14", "List A0"].map((item) => {
        const [__typename, id] = item.split(" ");
        return { __typename, id };
      }),
      excluded: [{ __typename: "Segment", id: "A24" }],
    });
    expect(wire(gateway).toSorted()).toEqual([
      "GET /api/campaigns",
      ...Array(3).fill("GET /api/lists"),
      ...Array(3).fill("GET /api/segments"),
    ]);
    for (const path of [LISTS, SEGMENTS]) {
      const asked = idsAsked(gateway, path);
      expect(asked.map((chunk) => chunk.length)).toEqual([10, 10, 5]);
      expect(asked.flat().toSorted()).toEqual(ids.toSorted());
    }
  });

  test("gives the bare ids without asking for more than the campaign", async () => {
    await using gateway = await startWithAudiences(["L1"], ["S1", "S2"]);
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { audiences { includedIds excludedIds } } }`);
    expect(body.data.campaign.audiences).toEqual({ includedIds: ["L1"], excludedIds: ["S1", "S2"] });
    expect(wire(gateway)).toEqual([READ]);
    expect(queriesTo(gateway, `/api/campaigns/${ID}`)).toEqual(["fields[campaign]=audiences"]);
  });

  test("reads `excluded: null` as nobody, and does without calls where there is nobody", async () => {
    await using gateway = await startGateway();
    const attributes = { name: "N", audiences: { included: [], excluded: null } };
    answer(gateway, `/api/campaigns/${ID}`, { data: { type: "campaign", id: ID, attributes } });
    const { body } = await gateway.query(AUDIENCES, { id: ID });
    expect(body).toEqual({ data: { campaign: { name: "N", audiences: { included: [], excluded: [] } } } });
    expect(wire(gateway)).toEqual([READ]);
  });

  test("does not take missing audiences for none", async () => {
    await using gateway = await startGateway();
    answer(gateway, `/api/campaigns/${ID}`, {
      data: { type: "campaign", id: ID, attributes: { name: "N", audiences: { excluded: [] } } },
    });
    const { body } = await gateway.query(AUDIENCES, { id: ID });
    expect(body.data.campaign).toBeNull();
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });

  test("lets the lists stand where segments may not be read, and calls nothing unknown that may be a segment", async () => {
    await using gateway = await startWithAudiences(["L1", "S1"], ["S2"]);
    answer(gateway, LISTS, { data: [list("L1")] });
    refuse(gateway, SEGMENTS, 403);
    const { body } = await gateway.query(AUDIENCES, { id: ID });
    expect(body.data.campaign).toMatchObject({
      name: expect.any(String),
      audiences: { included: [{ __typename: "List", id: "L1" }, null], excluded: [null] },
    });
    expect(
      body.errors.map(({ path, extensions }: { path: unknown; extensions: { code: string } }) => [
        path,
        extensions.code,
      ]),
    ).toEqual([
      [["campaign", "audiences", "included", 1], "FORBIDDEN"],
      [["campaign", "audiences", "excluded", 0], "FORBIDDEN"],
    ]);
    expect(body.errors[0].message).toContain("segments:read");
    expect(wire(gateway)).toEqual([READ, "GET /api/lists", "GET /api/segments"]);
  });

  test("loses the ids of the call that failed, and no others", async () => {
    const ids = Array.from({ length: 12 }, (_, n) => `A${n}`);
    await using gateway = await startWithAudiences(ids, [], ONE_ATTEMPT);
    gateway.simulator.addFault({ match: { path: LISTS }, answer: { kind: "status", status: 503 } });
    answer(gateway, LISTS, { data: ids.slice(10).map((id) => list(id)) });
    answer(gateway, SEGMENTS, { data: [segment("A0")] });
    const { body } = await gateway.query(AUDIENCES, { id: ID });
    const included: ({ __typename: string } | null)[] = body.data.campaign.audiences.included;
    expect(included.map((item) => item?.__typename)).toEqual(["Segment", ...Array(9).fill(undefined), "List", "List"]);
    expect(body.errors).toHaveLength(9);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
  });
});

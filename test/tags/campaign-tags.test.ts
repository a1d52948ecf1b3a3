import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo } from "../support/answers.js";
import { ID, READ, wire } from "../support/cancel.js";
import { API_KEY, startGateway } from "../support/gateway.js";
import { tag } from "./wire-tags.js";

const SALE = { id: "7f2d6e3b-8c10-4d2f-ae63-3f4a8b6c7d01", name: "Sale" };
const SERVICE = { id: "7f2d6e3b-8c10-4d2f-ae63-3f4a8b6c7d02", name: "Service" };

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

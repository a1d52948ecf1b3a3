import { describe, expect, test } from "@jest/globals";
import { answer, queriesTo, type WireResource } from "../support/answers.js";
import { ID, wire } from "../support/cancel.js";
import { API_KEY, startGateway } from "../support/gateway.js";

const CAMPAIGN = `/api/campaigns/${ID}`;

function campaign(messageIds: readonly string[]): WireResource {
  const data = messageIds.map((id) => ({ type: "campaign-message", id }));
  return { type: "campaign", id: ID, attributes: { name: "Sale" }, relationships: { "campaign-messages": { data } } };
}

function message(id: string, relationships: object = {}): WireResource {
  return { type: "campaign-message", id, attributes: { definition: { channel: "mobile_push" } }, relationships };
}

function linkTo(type: string, id: string): object {
  return { [type]: { data: { type, id } } };
}

function image(id: string): WireResource {
  return { type: "image", id, attributes: { name: `Image ${id}` } };
}

describe("messages that came along with their campaign", () => {
  test("share one call for their images where their ids are known", async () => {
    await using gateway = await startGateway();
    const included = ["M1", "M2", "M3", "M4"].map((id, n) => message(id, linkTo("image", `${n % 3}`)));
    answer(gateway, CAMPAIGN, { data: campaign(["M1", "M2", "M3", "M4"]), included });
    answer(gateway, "/api/images", { data: ["0", "1", "2"].map(image) });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { messages { id image { name } } } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaign.messages.map((item: { image: object }) => item.image)).toEqual(
      ["0", "1", "2", "0"].map((id) => ({ name: `Image ${id}` })),
    );
    expect(wire(gateway)).toEqual([`GET ${CAMPAIGN}`, "GET /api/images"]);
  });

  test("have no image, and cost no call, where the document says so", async () => {
    await using gateway = await startGateway();
    answer(gateway, CAMPAIGN, { data: campaign(["M1"]), included: [message("M1", { image: { data: null } })] });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { messages { image { name } } } }`);
    expect(body).toEqual({ data: { campaign: { messages: [{ image: null }] } } });
    expect(wire(gateway)).toEqual([`GET ${CAMPAIGN}`]);
  });

  test("are read once more, all by one call, for both template and image where the document does not say", async () => {
    await using gateway = await startGateway();
    answer(gateway, CAMPAIGN, { data: campaign(["M1", "M2"]), included: [message("M1"), message("M2")] });
    const data = [message("M1", linkTo("image", "7")), message("M2")];
    answer(gateway, `${CAMPAIGN}/campaign-messages`, { data, included: [image("7")] });
    const { body } = await gateway.query(
      `{ campaign(id: "${ID}") { messages { id template { id } image { name } } } }`,
    );
    expect(body).toEqual({
      data: {
        campaign: {
          messages: [
            { id: "M1", template: null, image: { name: "Image 7" } },
            { id: "M2", template: null, image: null },
          ],
        },
      },
    });
    expect(wire(gateway)).toEqual([`GET ${CAMPAIGN}`, `GET ${CAMPAIGN}/campaign-messages`]);
    expect(queriesTo(gateway, `${CAMPAIGN}/campaign-messages`)).toEqual([
      "fields[campaign-message]=id&fields[image]=name&fields[template]=id&include=image,template",
    ]);
  });

  test("are read one by one where their campaign does not have them any more", async () => {
    await using gateway = await startGateway();
    answer(gateway, CAMPAIGN, { data: campaign(["M1"]), included: [message("M1")] });
    answer(gateway, `${CAMPAIGN}/campaign-messages`, { data: [] });
    answer(gateway, "/api/campaign-messages/M1", { data: message("M1", linkTo("image", "7")), included: [image("7")] });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { messages { image { name } } } }`);
    expect(body).toEqual({ data: { campaign: { messages: [{ image: { name: "Image 7" } }] } } });
  });

  test("know their campaign, which is read once however many they are", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: [{ id: ID, name: "Sale", status: "Draft", messages: [{ id: "M1" }, { id: "M2" }] }] },
    });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { messages { campaign { name } } } }`);
    expect(body.data.campaign.messages).toEqual(Array(2).fill({ campaign: { name: "Sale" } }));
    expect(wire(gateway)).toEqual([`GET ${CAMPAIGN}`, `GET ${CAMPAIGN}`]);
  });
});

describe("messages that did not come along", () => {
  test("are read by one call for the campaign, and bring along what is selected", async () => {
    await using gateway = await startGateway();
    answer(gateway, CAMPAIGN, { data: { type: "campaign", id: ID, attributes: { name: "Sale" } } });
    const data = [message("M1", linkTo("image", "7")), message("M2")];
    answer(gateway, `${CAMPAIGN}/campaign-messages`, { data, included: [image("7")] });
    const { body } = await gateway.query(
      `{ campaign(id: "${ID}") { messages { id image { name } template { id } } } }`,
    );
    expect(body).toEqual({
      data: {
        campaign: {
          messages: [
            { id: "M1", image: { name: "Image 7" }, template: null },
            { id: "M2", image: null, template: null },
          ],
        },
      },
    });
    expect(wire(gateway)).toEqual([`GET ${CAMPAIGN}`, `GET ${CAMPAIGN}/campaign-messages`]);
  });

  test("are null alone when they cannot be read: the campaign stands", async () => {
    await using gateway = await startGateway();
    answer(gateway, CAMPAIGN, { data: { type: "campaign", id: ID, attributes: { name: "Sale" } } });
    const fault = { kind: "status", status: 503 } as const;
    gateway.simulator.addFault({ match: { path: `${CAMPAIGN}/campaign-messages` }, times: "always", answer: fault });
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { name messages { id } } }`);
    expect(body.data).toEqual({ campaign: { name: "Sale", messages: null } });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      path: ["campaign", "messages"],
      extensions: { code: "UPSTREAM_UNAVAILABLE" },
    });
  });
});

describe("campaignMessage", () => {
  const campaigns = [
    {
      id: ID,
      name: "Sale",
      status: "Draft",
      tags: [{ id: "t1", name: "Sale" }],
      messages: [{ id: "M1", templateId: "RipRmi" }],
    },
  ];

  test("reads its campaign as such when more than attributes of it is wanted", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    const { body } = await gateway.query(`{ campaignMessage(id: "M1") { campaign { name tags { name } } } }`);
    expect(body.data).toEqual({ campaignMessage: { campaign: { name: "Sale", tags: [{ name: "Sale" }] } } });
    expect(wire(gateway)).toEqual(["GET /api/campaign-messages/M1", `GET ${CAMPAIGN}`]);
  });

  test("costs one call with the union of what is selected under aliases and in fragments", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    const { body } = await gateway.query(`
      { a: campaignMessage(id: "M1") { ...F one: campaign { name } }
        b: campaignMessage(id: "M1") { two: campaign { status } when: createdAt template { id html @include(if: false) } } }
      fragment F on CampaignMessage { kind: channel ... on CampaignMessage { label } }`);
    expect(body.errors).toBeUndefined();
    expect(body.data).toMatchObject({ a: { kind: "EMAIL", one: { name: "Sale" } }, b: { two: { status: "DRAFT" } } });
    expect(queriesTo(gateway, "/api/campaign-messages/M1")).toEqual([
      "fields[campaign-message]=created_at,definition&fields[campaign]=name,status&fields[template]=id&include=campaign,template",
    ]);
  });

  test("does not ask again for what a message cannot have", async () => {
    const sms = [{ id: ID, status: "Draft", channel: "sms" as const, messages: [{ id: "M1" }] }];
    await using gateway = await startGateway({ simulator: { campaigns: sms } });
    const { body } = await gateway.query(`{ campaignMessage(id: "M1") { template { id } image { id } } }`);
    expect(body).toEqual({ data: { campaignMessage: { template: null, image: null } } });
    expect(wire(gateway)).toEqual(["GET /api/campaign-messages/M1"]);
  });

  test("that Klaviyo cannot say anything about is an error, not null without one", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    gateway.simulator.addFault({ times: "always", answer: { kind: "html", status: 404 } });
    const { body } = await gateway.query(`{ campaignMessage(id: "M1") { id } }`);
    expect(body.data).toEqual({ campaignMessage: null });
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });
});

describe("a key without the scope of what is linked to", () => {
  const push = { id: "M1", imageId: "7" };
  const campaigns = [{ id: ID, status: "Draft", channel: "mobile_push" as const, messages: [push] }];

  test("loses the image alone, told at its path", async () => {
    await using gateway = await startGateway({ simulator: { campaigns, apiKeys: { [API_KEY]: ["campaigns:read"] } } });
    const { body } = await gateway.query(`{ campaignMessage(id: "M1") { id image { name } campaign { id } } }`);
    expect(body.data).toEqual({ campaignMessage: { id: "M1", image: null, campaign: { id: ID } } });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      message: expect.stringContaining("images:read"),
      path: ["campaignMessage", "image"],
      extensions: { code: "FORBIDDEN" },
    });
  });
});

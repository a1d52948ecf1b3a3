import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import type { Resource } from "../../src/klaviyo/json-api.js";
import { ResourceIndex } from "../../src/klaviyo/resource-index.js";
import { CampaignMessage } from "../../src/messages/campaign-message.type.js";
import { ID, wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";

const MESSAGE_ID = "01GMRWDSA0ARTAKE1SFX8MESSG";

const MEMBERS = [
  "EmailMessageDefinition",
  "SmsMessageDefinition",
  "MobilePushMessageDefinition",
  "SilentMobilePushMessageDefinition",
  "UnrecognizedMessageDefinition",
];

/** Klaviyo's answer to every call: one message with the given definition. */
function answerWithDefinition(gateway: TestGateway, definition: unknown): void {
  const links = { self: "https://a.klaviyo.com/" };
  const data = { type: "campaign-message", id: MESSAGE_ID, attributes: { definition }, links };
  const body = JSON.stringify({ data });
  const contentType = "application/vnd.api+json";
  gateway.simulator.addFault({ times: "always", answer: { kind: "status", status: 200, contentType, body } });
}

const DEFINITION = `{ campaignMessage(id: "${MESSAGE_ID}") { channel channelText label definition {
  __typename
  ... on EmailMessageDefinition { email: content { subject fromEmail } }
  ... on SmsMessageDefinition { sms: content { body mediaUrl } renderOptions { shortensLinks } }
  ... on MobilePushMessageDefinition {
    push: content { title body actionButtons { label action actionText position url } }
    options { playsSound badge { __typename ... on BadgeCount { value } } onOpen { __typename ... on OpenWebUrl { url } } }
    keyValuePairs { key value }
  }
  ... on SilentMobilePushMessageDefinition { keyValuePairs { key value } }
  ... on UnrecognizedMessageDefinition { channelText }
} } }`;

describe("a message's definition", () => {
  test.each([
    [
      { channel: "email", label: "A", content: { subject: "Hi", from_email: "a@b.c" } },
      { channel: "EMAIL", label: "A", definition: { __typename: "EmailMessageDefinition", email: { subject: "Hi" } } },
    ],
    [
      { channel: "sms", content: { body: "Hi", media_url: null }, render_options: { shorten_links: true } },
      { channel: "SMS", definition: { __typename: "SmsMessageDefinition", renderOptions: { shortensLinks: true } } },
    ],
    [
      {
        channel: "mobile_push",
        notification_type: "standard",
        content: {
          title: "T",
          body: "B",
          action_buttons: [{ label: "Go", action_type: "open_url", url: "https://x.y" }],
        },
        options: {
          on_open: { type: "open_web_url", web_url: "https://x.y" },
          badge: { display: true, badge_options: { badge_config: "set_count", value: "3" } },
          play_sound: true,
        },
        kv_pairs: { a: "1" },
      },
      {
        channel: "MOBILE_PUSH",
        definition: {
          __typename: "MobilePushMessageDefinition",
          push: { actionButtons: [{ label: "Go", actionText: "open_url", url: "https://x.y" }] },
          options: {
            playsSound: true,
            badge: { __typename: "BadgeCount", value: "3" },
            onOpen: { __typename: "OpenWebUrl", url: "https://x.y" },
          },
          keyValuePairs: [{ key: "a", value: "1" }],
        },
      },
    ],
    [
      { channel: "mobile_push", notification_type: "silent", kv_pairs: { a: "1" } },
      { definition: { __typename: "SilentMobilePushMessageDefinition", keyValuePairs: [{ key: "a", value: "1" }] } },
    ],
    [
      { channel: "carrier_pigeon" },
      { channel: null, definition: { __typename: "UnrecognizedMessageDefinition", channelText: "carrier_pigeon" } },
    ],
    [null, { channel: null, label: null, definition: null }],
  ])("%j is told by its channel and kind", async (definition, expected) => {
    await using gateway = await startGateway();
    answerWithDefinition(gateway, definition);
    const { body } = await gateway.query(DEFINITION);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage).toMatchObject(expected);
  });

  test("whatever Klaviyo sends, is a member of the union, null, or a typed error", () => {
    const channel = fc.constantFrom("email", "sms", "mobile_push", "whatsapp", null);
    const definition = fc.oneof(fc.jsonValue(), fc.record({ channel, content: fc.jsonValue() }, { requiredKeys: [] }));
    fc.assert(
      fc.property(definition, (value) => {
        const attributes = { definition: value };
        const resource = {
          type: "campaign-message",
          id: "x",
          attributes,
          relationships: {},
          included: new ResourceIndex<Resource>(),
        };
        try {
          const view = new CampaignMessage(resource).definition;
          expect([undefined, ...MEMBERS]).toContain(view?.constructor.name);
        } catch (error) {
          expect(error).toBeInstanceOf(KlaviyoError);
        }
      }),
    );
  });
});

describe("the calls that messages cost", () => {
  const messages = [{ id: MESSAGE_ID, templateId: "RipRmi" }];
  const campaigns = [{ id: ID, status: "Draft", messages }] as const;

  async function ask(gateway: TestGateway, query: string) {
    const { body } = await gateway.query(query);
    expect(body.errors).toBeUndefined();
    return body.data;
  }

  test("none of their own with a campaign", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    const { campaign } = await ask(gateway, `{ campaign(id: "${ID}") { name messages { id channel } } }`);
    expect(campaign.messages).toEqual([{ id: MESSAGE_ID, channel: "EMAIL" }]);
    expect(wire(gateway)).toEqual([`GET /api/campaigns/${ID}`]);
    expect(decodeURIComponent(gateway.simulator.requests[0]?.query ?? "")).toBe(
      "fields[campaign]=name&fields[campaign-message]=definition&include=campaign-messages",
    );
  });

  test("none of their own with a page of campaigns and their tags", async () => {
    const many = Array.from({ length: 30 }, (_, n) => ({ id: `C${n}`, status: "Draft" }));
    await using gateway = await startGateway({ simulator: { campaigns: many } });
    const query = `{ campaigns(channel: EMAIL, first: 100) { nodes { id messages { id } tags { name } } } }`;
    const { campaigns: page } = await ask(gateway, query);
    expect(page.nodes).toHaveLength(30);
    expect(wire(gateway)).toEqual(["GET /api/campaigns"]);
  });

  test("one with its campaign and template, which come along", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    const query = `{ campaignMessage(id: "${MESSAGE_ID}") { campaign { name } template { name html } } }`;
    const { campaignMessage } = await ask(gateway, query);
    expect(campaignMessage).toMatchObject({
      campaign: { name: expect.any(String) },
      template: { name: expect.any(String) },
    });
    expect(wire(gateway)).toEqual([`GET /api/campaign-messages/${MESSAGE_ID}`]);
  });

  test("one more for the templates of all messages below their campaign: Klaviyo includes one level deep", async () => {
    const variations = [...messages, { id: "B", templateId: "TmP4sA" }, { id: "C" }];
    await using gateway = await startGateway({ simulator: { campaigns: [{ ...campaigns[0], messages: variations }] } });
    const { campaign } = await ask(
      gateway,
      `{ campaign(id: "${ID}") { messages { template { name } image { url } } } }`,
    );
    expect(campaign.messages).toEqual([
      { template: { name: expect.any(String) }, image: null },
      { template: { name: expect.any(String) }, image: null },
      { template: null, image: null },
    ]);
    expect(wire(gateway)).toEqual([`GET /api/campaigns/${ID}`, `GET /api/campaigns/${ID}/campaign-messages`]);
  });

  test("one each for many through _entities, every id once", async () => {
    await using gateway = await startGateway({ simulator: { campaigns } });
    const { body } = await gateway.query(
      `query ($all: [_Any!]!) { _entities(representations: $all) { ... on CampaignMessage { id } ... on Template { name } } }`,
      {
        all: [
          { __typename: "CampaignMessage", id: MESSAGE_ID },
          { __typename: "CampaignMessage", id: "gone" },
          { __typename: "CampaignMessage", id: MESSAGE_ID },
          { __typename: "Template", id: "RipRmi" },
        ],
      },
    );
    expect(body.data._entities).toEqual([{ id: MESSAGE_ID }, null, { id: MESSAGE_ID }, { name: expect.any(String) }]);
    expect(wire(gateway)).toHaveLength(3);
  });
});

describe("what a key may not read", () => {
  test("is null alone, with the scope that is missing, and the rest of the message stands", async () => {
    const apiKeys = { pk_test_0123456789abcdef: ["campaigns:read"] };
    const campaigns = [{ id: ID, status: "Draft", messages: [{ id: MESSAGE_ID, templateId: "RipRmi" }] }];
    await using gateway = await startGateway({ simulator: { campaigns, apiKeys } });
    const { body } = await gateway.query(`{ campaignMessage(id: "${MESSAGE_ID}") { channel template { name } } }`);
    expect(body.data.campaignMessage).toEqual({ channel: "EMAIL", template: null });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      path: ["campaignMessage", "template"],
      extensions: { code: "FORBIDDEN" },
    });
  });

  test("does not take along what it may read: of a template and an image, only the forbidden one is null", async () => {
    const apiKeys = { pk_test_0123456789abcdef: ["campaigns:read", "images:read"] };
    const campaigns = [
      { id: ID, status: "Draft", channel: "sms" as const, messages: [{ id: MESSAGE_ID, imageId: "7" }] },
    ];
    await using gateway = await startGateway({ simulator: { campaigns, apiKeys } });
    const { body } = await gateway.query(
      `{ campaignMessage(id: "${MESSAGE_ID}") { template { name } image { name } } }`,
    );
    expect(body.data.campaignMessage).toEqual({ template: null, image: { name: "Logo" } });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0]).toMatchObject({
      path: ["campaignMessage", "template"],
      message: expect.stringContaining("templates:read"),
      extensions: { code: "FORBIDDEN" },
    });
  });
});

test.each([`template(id: "gone") { id }`, `image(id: "999") { id }`, `campaignMessage(id: "gone") { id }`])(
  "%s is null when Klaviyo has none",
  async (field) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(`{ ${field} }`);
    expect(body.errors).toBeUndefined();
    expect(Object.values(body.data)).toEqual([null]);
  },
);

test("many images cost one call", async () => {
  await using gateway = await startGateway();
  const { body } = await gateway.query(`{ a: image(id: "7") { name } b: image(id: "14254") { url sizeBytes } }`);
  expect(body.data).toMatchObject({ a: { name: "Logo" }, b: { sizeBytes: 231_077 } });
  expect(wire(gateway)).toEqual(["GET /api/images"]);
});

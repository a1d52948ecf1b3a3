import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { KlaviyoError } from "../../src/klaviyo/failure.js";
import type { Resource } from "../../src/klaviyo/json-api.js";
import { ResourceIndex } from "../../src/klaviyo/resource-index.js";
import { CampaignMessage } from "../../src/messages/campaign-message.type.js";
import { answer } from "../support/answers.js";
import { startGateway } from "../support/gateway.js";

const ID = "01GMRWDSA0ARTAKE1SFX8MESSG";

/** The answer for one message with the given attributes. */
async function read(attributes: object, selection: string) {
  await using gateway = await startGateway();
  answer(gateway, `/api/campaign-messages/${ID}`, { data: { type: "campaign-message", id: ID, attributes } });
  const { body } = await gateway.query(`{ campaignMessage(id: "${ID}") { ${selection} } }`);
  return body;
}

function push(parts: object) {
  return { definition: { channel: "mobile_push", notification_type: "standard", content: {}, ...parts } };
}

describe("a push notification's badge", () => {
  const SELECTION = `definition { ... on MobilePushMessageDefinition { options { badge {
    __typename configText
    ... on BadgeIncrement { by }
    ... on BadgeCount { value }
    ... on BadgeFromProperty { property }
  } } } }`;

  test.each([
    [{ display: false }, { __typename: "NoBadge", configText: null }],
    [
      { display: true, badge_options: { badge_config: "increment_one" } },
      { __typename: "BadgeIncrement", configText: "increment_one", by: 1 },
    ],
    [
      { display: true, badge_options: { badge_config: "set_count", value: "12" } },
      { __typename: "BadgeCount", configText: "set_count", value: "12" },
    ],
    [
      { display: true, badge_options: { badge_config: "set_property", set_from_property: "unread" } },
      { __typename: "BadgeFromProperty", configText: "set_property", property: "unread" },
    ],
    [
      { display: true, badge_options: { badge_config: "dance" } },
      { __typename: "UnrecognizedBadge", configText: "dance" },
    ],
    [
      { display: true, badge_options: null },
      { __typename: "UnrecognizedBadge", configText: null },
    ],
    [
      { badge_options: { badge_config: "increment_one" } },
      { __typename: "UnrecognizedBadge", configText: "increment_one" },
    ],
    [{}, { __typename: "UnrecognizedBadge", configText: null }],
    [null, null],
  ])("%j is told by its fields", async (badge, expected) => {
    const body = await read(push({ options: { badge } }), SELECTION);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage.definition.options.badge).toEqual(expected);
  });

  test("without the count that it promises is null with an error of its own", async () => {
    const options = { badge: { display: true, badge_options: { badge_config: "set_count" } }, play_sound: true };
    const body = await read(push({ options }), SELECTION);
    expect(body.data.campaignMessage.definition.options).toEqual({ badge: null });
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
  });
});

describe("what tapping a push notification does", () => {
  test.each([
    [{ type: "open_app" }, { __typename: "OpenApp", typeText: "open_app" }],
    [
      { type: "deep_link", ios_deep_link: "app://a", android_deep_link: null },
      { __typename: "OpenDeepLink", typeText: "deep_link", iosDeepLink: "app://a", androidDeepLink: null },
    ],
    [
      { type: "open_web_url", web_url: "https://x.example" },
      { __typename: "OpenWebUrl", typeText: "open_web_url", url: "https://x.example" },
    ],
    [{ type: "call_mother" }, { __typename: "UnrecognizedOnOpen", typeText: "call_mother" }],
    [{}, { __typename: "UnrecognizedOnOpen", typeText: null }],
    [null, null],
  ])("%j is told by its type", async (on_open, expected) => {
    const body = await read(
      push({ options: { on_open } }),
      `definition { ... on MobilePushMessageDefinition { options { onOpen {
        __typename typeText ... on OpenDeepLink { iosDeepLink androidDeepLink } ... on OpenWebUrl { url }
      } } } }`,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage.definition.options.onOpen).toEqual(expected);
  });
});

test("buttons have an action for each of Klaviyo's words, and one for those of tomorrow", async () => {
  const words = ["open_app", "deep_link", "open_url", "dismiss", "explode"];
  const action_buttons = words.map((action_type, position) => ({ label: action_type, action_type, position }));
  const body = await read(
    push({ content: { action_buttons } }),
    "definition { ... on MobilePushMessageDefinition { content { actionButtons { action actionText position url } } } }",
  );
  expect(body.errors).toBeUndefined();
  expect(body.data.campaignMessage.definition.content.actionButtons).toEqual(
    ["OPEN_APP", "DEEP_LINK", "OPEN_URL", "DISMISS", "UNRECOGNIZED"].map((action, position) => ({
      action,
      actionText: words[position],
      position,
      url: null,
    })),
  );
});

test.each(["standard", "silent"])(
  "the data of a %s push keeps strings as they are and gives the rest as JSON",
  async (kind) => {
    const kv_pairs = { text: "7", number: 7, yes: true, nothing: null, list: [1, "a"], object: { a: 1 }, __proto: "x" };
    const body = await read(
      push({ notification_type: kind, kv_pairs }),
      `definition {
      ... on MobilePushMessageDefinition { keyValuePairs { key value } }
      ... on SilentMobilePushMessageDefinition { keyValuePairs { key value } }
    }`,
    );
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage.definition.keyValuePairs).toEqual([
      { key: "text", value: "7" },
      { key: "number", value: "7" },
      { key: "yes", value: "true" },
      { key: "nothing", value: "null" },
      { key: "list", value: '[1,"a"]' },
      { key: "object", value: '{"a":1}' },
      { key: "__proto", value: "x" },
    ]);
  },
);

test("a push of a kind that is not known yet is not taken for one that people see", async () => {
  const body = await read(push({ notification_type: "live_activity" }), "channel definition { __typename }");
  expect(body.data.campaignMessage).toEqual({
    channel: "MOBILE_PUSH",
    definition: { __typename: "UnrecognizedMessageDefinition" },
  });
});

describe("a message's times", () => {
  const SELECTION = "sendTimes { datetime isLocal } createdAt updatedAt";

  test("are Klaviyo's", async () => {
    const at = "2026-11-27T06:00:00+00:00";
    const body = await read(
      { send_times: [{ datetime: at, is_local: true }], created_at: at, updated_at: at },
      SELECTION,
    );
    const expected = "2026-11-27T06:00:00.000Z";
    expect(body).toEqual({
      data: {
        campaignMessage: {
          sendTimes: [{ datetime: expected, isLocal: true }],
          createdAt: expected,
          updatedAt: expected,
        },
      },
    });
  });

  test("need no offset where they are each recipient's own", async () => {
    const body = await read({ send_times: [{ datetime: "2026-11-27T06:00:00", is_local: true }] }, SELECTION);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaignMessage.sendTimes).toEqual([{ datetime: "2026-11-27T06:00:00.000Z", isLocal: true }]);
  });

  test("are not guessed, and cost nothing but themselves, where they cannot be read", async () => {
    const at = "2026-11-27T06:00:00+00:00";
    const send_times = [{ datetime: "2026-11-27T06:00:00", is_local: false }];
    const body = await read({ send_times, created_at: at }, SELECTION);
    expect(body.data.campaignMessage).toMatchObject({ sendTimes: null, createdAt: "2026-11-27T06:00:00.000Z" });
    expect(body.errors).toMatchObject([{ extensions: { code: "UPSTREAM_INVALID_RESPONSE" } }]);
  });

  test.each([{}, { send_times: null, created_at: null, updated_at: null }])(
    "may be missing: %j",
    async (attributes) => {
      const body = await read(attributes, SELECTION);
      expect(body).toEqual({ data: { campaignMessage: { sendTimes: [], createdAt: null, updatedAt: null } } });
    },
  );
});

test.each([
  ["email", "... on EmailMessageDefinition { content { subject } }", { content: null }],
  [
    "sms",
    "... on SmsMessageDefinition { content { body } renderOptions { addsInfoLink } }",
    { content: null, renderOptions: null },
  ],
])("%s definitions may lack everything but their channel", async (channel, fragment, expected) => {
  const body = await read({ definition: { channel } }, `definition { ${fragment} }`);
  expect(body.errors).toBeUndefined();
  expect(body.data.campaignMessage.definition).toEqual(expected);
});

test("reading all of any definition gives values or KlaviyoErrors, and unknown kinds their fallback", () => {
  fc.assert(
    fc.property(definitions(), (definition) => {
      const resource = {
        type: "campaign-message",
        id: ID,
        attributes: { definition },
        relationships: {},
        included: new ResourceIndex<Resource>(),
      };
      const names = readAll(new CampaignMessage(resource));
      if (isUnknown(definition)) expect(names).toContain("UnrecognizedMessageDefinition");
    }),
    { numRuns: 2_000 },
  );
});

/** Definitions as Klaviyo's schema has them, each part of which may be missing, null or anything else. */
function definitions() {
  const text = fc.oneof(fc.string(), fc.constant(null));
  const maybe = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });
  const part = (model: Record<string, fc.Arbitrary<unknown>>) => maybe(fc.record(model, { requiredKeys: [] }));
  const badge = part({
    display: maybe(fc.boolean()),
    badge_options: part({
      badge_config: maybe(fc.constantFrom("increment_one", "set_count", "set_property", "new")),
      value: maybe(text),
      set_from_property: maybe(text),
    }),
  });
  const on_open = part({
    type: maybe(fc.constantFrom("open_app", "deep_link", "open_web_url", "new")),
    ios_deep_link: maybe(text),
    android_deep_link: maybe(text),
    web_url: maybe(text),
  });
  const button = part({
    label: maybe(text),
    action_type: maybe(text),
    position: maybe(fc.integer()),
    url: maybe(text),
  });
  return part({
    channel: maybe(fc.constantFrom("email", "sms", "mobile_push", "whatsapp")),
    notification_type: maybe(fc.constantFrom("standard", "silent", "new")),
    label: maybe(text),
    content: part({ subject: maybe(text), body: maybe(text), action_buttons: maybe(fc.array(button)) }),
    render_options: part({ shorten_links: maybe(fc.boolean()) }),
    kv_pairs: part({ a: fc.jsonValue() }),
    options: part({ badge, on_open, play_sound: maybe(fc.boolean()) }),
  });
}

function isUnknown(definition: unknown): boolean {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) return false;
  const { channel, notification_type: kind } = definition as Record<string, unknown>;
  if (channel === "mobile_push") return kind !== "standard" && kind !== "silent";
  return channel !== "email" && channel !== "sms";
}

/** Reads every getter of a view and of the views below it. @returns the names of the classes that were met */
function readAll(view: object): string[] {
  const below = gettersOf(view).flatMap((name) => {
    try {
      const value: unknown = Reflect.get(view, name);
      const views = (Array.isArray(value) ? value : [value]).filter(
        (item) => item !== null && typeof item === "object",
      );
      return views.flatMap((item: object) => (item instanceof Date ? [] : readAll(item)));
    } catch (error) {
      if (!(error instanceof KlaviyoError)) throw error;
      return [];
    }
  });
  return [view.constructor.name, ...below];
}

function gettersOf(view: object): string[] {
  const names: string[] = [];
  for (let type = Object.getPrototypeOf(view); type !== Object.prototype; type = Object.getPrototypeOf(type))
    for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(type))) if (get) names.push(name);
  return names;
}

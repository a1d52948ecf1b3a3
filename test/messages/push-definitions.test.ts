import { describe, expect, test } from "@jest/globals";
import { push, read } from "./read-message.js";

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

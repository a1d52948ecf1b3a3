import { describe, expect, test } from "@jest/globals";
import { CREATE, EMAIL } from "./new-campaigns.js";
import { inputErrorOf, startWithDraft } from "./writes.js";

describe("what is not a campaign never reaches Klaviyo", () => {
  const button = { label: "Go", action: "OPEN_APP" };
  const push = (content: object) => ({ messages: [{ mobilePush: { content: { body: "B", ...content } } }] });
  const at = "2026-12-24T10:00:00Z";

  test.each<[string, object, string[]]>([
    ["an empty name", { name: " " }, ["input.name"]],
    ["no message", { messages: [] }, ["input.messages"]],
    ["an id that is none", { audiences: { included: ["../x"] } }, ["input.audiences.included"]],
    ["an excluded id that is none", { audiences: { included: [], excluded: [""] } }, ["input.audiences.excluded"]],
    [
      "a percentage that Klaviyo does not know",
      { sendStrategy: { throttled: { sendAt: at, throttlePercentage: 30 } } },
      ["input.sendStrategy.throttled.throttlePercentage"],
    ],
    [
      "an option of local times without local times",
      { sendStrategy: { static: { sendAt: at, sendsPastRecipientsImmediately: true } } },
      ["input.sendStrategy.static.sendsPastRecipientsImmediately"],
    ],
    [
      "a time after the year 9999",
      { sendStrategy: { static: { sendAt: "9999-12-31T23:00:00-01:00" } } },
      ["input.sendStrategy.static.sendAt"],
    ],
    [
      "a first portion before the year 0",
      { sendStrategy: { throttled: { sendAt: "0000-01-01T00:00:00+01:00", throttlePercentage: 33 } } },
      ["input.sendStrategy.throttled.sendAt"],
    ],
    ["a strategy that is not chosen", { sendStrategy: { immediate: false } }, ["input.sendStrategy.immediate"]],
    [
      "a tracking parameter without a name, and one that is unrecognized",
      {
        trackingOptions: {
          customTrackingParameters: [
            { static: { name: "", value: "x" } },
            { dynamic: { name: "x", filledWith: "UNRECOGNIZED" } },
          ],
        },
      },
      [
        "input.trackingOptions.customTrackingParameters.0.static.name",
        "input.trackingOptions.customTrackingParameters.1.dynamic.filledWith",
      ],
    ],
    [
      "four buttons",
      push({ actionButtons: [button, button, button, button] }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a label of 41 characters",
      push({ actionButtons: [{ ...button, label: "x".repeat(41) }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.label"],
    ],
    [
      "a button that leads nowhere",
      push({ actionButtons: [{ label: "Go", action: "OPEN_URL" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "a button that leads somewhere though it opens the app",
      push({ actionButtons: [{ ...button, url: "https://shop.example" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "an address that is too long",
      push({ actionButtons: [{ label: "Go", action: "DEEP_LINK", url: `shop://${"x".repeat(2_048)}` }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "a script for an address",
      push({ actionButtons: [{ label: "Go", action: "OPEN_URL", url: "javascript:alert(1)" }] }),
      ["input.messages.0.mobilePush.content.actionButtons.0.url"],
    ],
    [
      "positions with a gap",
      push({
        actionButtons: [
          { ...button, position: 0 },
          { ...button, position: 2 },
        ],
      }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a position for one of two",
      push({ actionButtons: [button, { ...button, position: 1 }] }),
      ["input.messages.0.mobilePush.content.actionButtons"],
    ],
    [
      "a key twice",
      {
        messages: [
          {
            silentMobilePush: {
              keyValuePairs: [
                { key: "a", value: "1" },
                { key: "a", value: "2" },
              ],
            },
          },
        ],
      },
      ["input.messages.0.silentMobilePush.keyValuePairs"],
    ],
    [
      "an image that is none, and a web address without a scheme",
      {
        messages: [
          {
            mobilePush: {
              content: { body: "B" },
              imageId: "a b",
              options: { onOpen: { openWebUrl: "shop.example" } },
            },
          },
        ],
      },
      ["input.messages.0.mobilePush.options.onOpen.openWebUrl", "input.messages.0.mobilePush.imageId"],
    ],
    [
      "faults everywhere",
      { name: "", audiences: { included: ["?"] }, messages: [{ email: {} }, { sms: { imageId: "?" } }] },
      ["input.name", "input.audiences.included", "input.messages.1.sms.imageId"],
    ],
  ])("%s", async (_, input, paths) => {
    await using gateway = await startWithDraft();
    const { code, fields } = await inputErrorOf(gateway, CREATE, { input: { ...EMAIL, ...input } });
    expect(code).toBe("BAD_USER_INPUT");
    expect([...new Set(fields.map(({ field }: { field: string }) => field))]).toEqual(paths);
  });

  test.each([
    ["none", {}],
    ["two", { email: {}, sms: {} }],
    ["null", { email: null }],
  ])("%s of what must be exactly one", async (_, message) => {
    await using gateway = await startWithDraft();
    const error = await inputErrorOf(gateway, CREATE, { input: { ...EMAIL, messages: [message] } });
    expect(error).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "input" }] });
  });

  test("two of what must be exactly one, written into the document", async () => {
    await using gateway = await startWithDraft();
    const document = `mutation { createCampaign(input: { name: "x", audiences: { included: [] }, messages: [{ email: {}, sms: {} }] }) { outcome } }`;
    expect(await inputErrorOf(gateway, document, {})).toMatchObject({ code: "GRAPHQL_VALIDATION_FAILED" });
  });
});

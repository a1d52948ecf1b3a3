import { describe, expect, test } from "@jest/globals";
import { messageDocument, MESSAGE_PATH, reading, SMS, WITH_IMAGE } from "./written-message.js";
import {
  answerWith,
  inputErrorOf,
  MESSAGE_ID,
  onTheWire,
  onWrite,
  passTimeOnWrites,
  payloadOf,
  PROBLEM,
  queriesOfReads,
  refusal,
  startWithDraft,
  UNCERTAIN,
  writes,
} from "./writes.js";

describe("updateCampaignMessage", () => {
  const UPDATE = `mutation ($id: ID!, $input: CampaignMessageUpdateInput!) {
    updateCampaignMessage(id: $id, input: $input) { ${PROBLEM} message { id channel } }
  }`;
  const update = (gateway: Parameters<typeof payloadOf>[0], input: object = { sms: { content: { body: "New" } } }) =>
    payloadOf(gateway, UPDATE, { id: MESSAGE_ID, input });
  const UPDATED = answerWith(200, messageDocument(SMS));

  test("asks Klaviyo in its words and gives the message as it answered it, with no more calls", async () => {
    await using gateway = await startWithDraft(onWrite(UPDATED));
    expect(await update(gateway, { sms: { content: { body: "New" }, imageId: "7" } })).toEqual({
      outcome: "DONE",
      problem: null,
      message: { id: MESSAGE_ID, channel: "SMS" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: `PATCH ${MESSAGE_PATH}`,
        query: "fields[campaign-message]=definition",
        contentType: "application/vnd.api+json",
        body: {
          data: {
            type: "campaign-message",
            id: MESSAGE_ID,
            attributes: { definition: SMS },
            relationships: WITH_IMAGE,
          },
        },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "updateCampaignMessage")).toMatchObject([
      { targetId: MESSAGE_ID, outcome: "DONE" },
    ]);
  });

  test.each([
    [{ email: { label: null } }, { channel: "email", label: null }],
    [{ email: { content: { ccEmail: null } } }, { channel: "email", content: { cc_email: null } }],
    [{ sms: { renderOptions: {} } }, { channel: "sms", render_options: {} }],
    [
      { mobilePush: { content: { actionButtons: null }, keyValuePairs: null } },
      { channel: "mobile_push", notification_type: "standard", content: { action_buttons: null }, kv_pairs: null },
    ],
    [
      { mobilePush: { options: { badge: null } } },
      { channel: "mobile_push", notification_type: "standard", options: { badge: null } },
    ],
    [
      { silentMobilePush: { keyValuePairs: [] } },
      { channel: "mobile_push", notification_type: "silent", kv_pairs: {} },
    ],
  ])("tells what is left out from null: %j", async (input, definition) => {
    await using gateway = await startWithDraft(onWrite(UPDATED));
    await update(gateway, input);
    expect(JSON.parse(writes(gateway)[0]?.body ?? "").data).toEqual({
      type: "campaign-message",
      id: MESSAGE_ID,
      attributes: { definition },
    });
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["NOT_ACCEPTED", refusal(400)],
    ["CONFLICT", refusal(409)],
    ["FORBIDDEN", refusal(403)],
  ] as const)("is REFUSED with %s, asked once", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await update(gateway)).toMatchObject({ outcome: "REFUSED", problem: { code }, message: null });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("is not told that there is no such message where it may be the image that there is not", async () => {
    await using gateway = await startWithDraft([], { channel: "sms", messages: [{ id: MESSAGE_ID }] });
    const { problem } = await update(gateway, { sms: { content: { body: "New" }, imageId: "NONE" } });
    expect(problem.message).toBe(`Nothing was changed: Klaviyo has no message ${MESSAGE_ID}, or no image NONE.`);
    expect(problem.fields).toMatchObject([{ path: "input.sms.imageId" }]);
  });

  test.each([
    ["/data/attributes/definition/content/body", "input.sms.content.body"],
    ["/data/attributes/definition/render_options", "input.sms"],
    ["/data/relationships/image/data/id", "input.sms.imageId"],
    ["/data/id", "id"],
  ])("names the argument behind %s", async (pointer, path) => {
    const answer = refusal(400, { source: { pointer }, detail: "Not this." });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await update(gateway, { sms: { content: { body: "New" }, imageId: "7" } });
    expect(problem.fields).toEqual([{ path, message: "Not this." }]);
  });

  test.each(UNCERTAIN)("(%s) is DONE when the message is seen to be as it should", async (_, answer) => {
    await using gateway = await startWithDraft([...onWrite(answer), reading(messageDocument(SMS))]);
    passTimeOnWrites(gateway);
    expect(await update(gateway)).toMatchObject({ outcome: "DONE", problem: null, message: { channel: "SMS" } });
    expect(writes(gateway)).toHaveLength(1);
    expect(queriesOfReads(gateway)).toEqual([`${MESSAGE_PATH}?fields[campaign-message]=definition`]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when it is not, and not asked again", async (_, answer) => {
    const old = reading(messageDocument({ channel: "sms", content: { body: "Old" } }));
    await using gateway = await startWithDraft([...onWrite(answer), old]);
    passTimeOnWrites(gateway);
    expect(await update(gateway)).toMatchObject({ outcome: "UNKNOWN", message: { id: MESSAGE_ID } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each([
    ["DONE", WITH_IMAGE],
    ["UNKNOWN", { image: { data: { type: "image", id: "8" } } }],
    ["UNKNOWN", {}],
  ])("whose answer is lost is %s when the image is %j", async (outcome, relationships) => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "reset" }),
      reading(messageDocument(SMS, relationships)),
    ]);
    const payload = await update(gateway, { sms: { content: { body: "New" }, imageId: "7" } });
    expect(payload).toMatchObject({ outcome });
    expect(queriesOfReads(gateway)[0]).toContain("include=image");
  });

  test.each<[string, object, string[]]>([
    ["an image that is none", { sms: { imageId: "?" } }, ["input.sms.imageId"]],
    ["an e-mail of nothing", { email: {} }, ["input.email"]],
    ["an e-mail with content of nothing", { email: { label: "A", content: {} } }, ["input.email"]],
    ["a text message of nothing", { sms: {} }, ["input.sms"]],
    ["a text message with content of nothing", { sms: { content: {} } }, ["input.sms"]],
    ["a push notification of nothing", { mobilePush: {} }, ["input.mobilePush"]],
    [
      "a push notification with content and options of nothing",
      { mobilePush: { content: {}, options: {} } },
      ["input.mobilePush.content", "input.mobilePush.options"],
    ],
    ["content that is null", { sms: { content: null } }, ["input.sms.content"]],
    ["an image that is null", { mobilePush: { imageId: null } }, ["input.mobilePush.imageId"]],
    [
      "a button without an address",
      { mobilePush: { content: { actionButtons: [{ label: "x", action: "DEEP_LINK" }] } } },
      ["input.mobilePush.content.actionButtons.0.url"],
    ],
  ])("refuses %s before anything goes out", async (_, input, paths) => {
    await using gateway = await startWithDraft();
    const { fields } = await inputErrorOf(gateway, UPDATE, { id: MESSAGE_ID, input });
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(paths);
  });
});

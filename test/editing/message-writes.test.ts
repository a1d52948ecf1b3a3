import { describe, expect, test } from "@jest/globals";
import {
  answerWith,
  inputErrorOf,
  MESSAGE_ID,
  onRead,
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

function message(definition: object, relationships: object = {}): object {
  return { data: { type: "campaign-message", id: MESSAGE_ID, attributes: { definition }, relationships } };
}

const PATH = `/api/campaign-messages/${MESSAGE_ID}`;
const SMS = { channel: "sms", content: { body: "New" } };
const WITH_IMAGE = { image: { data: { type: "image", id: "7" } } };

function reading(answer: object, times: number | "always" = "always") {
  return onRead(answerWith(200, answer), { times });
}

describe("updateCampaignMessage", () => {
  const UPDATE = `mutation ($id: ID!, $input: CampaignMessageUpdateInput!) {
    updateCampaignMessage(id: $id, input: $input) { ${PROBLEM} message { id channel } }
  }`;
  const update = (gateway: Parameters<typeof payloadOf>[0], input: object = { sms: { content: { body: "New" } } }) =>
    payloadOf(gateway, UPDATE, { id: MESSAGE_ID, input });
  const UPDATED = answerWith(200, message(SMS));

  test("asks Klaviyo in its words and gives the message as it answered it, with no more calls", async () => {
    await using gateway = await startWithDraft(onWrite(UPDATED));
    expect(await update(gateway, { sms: { content: { body: "New" }, imageId: "7" } })).toEqual({
      outcome: "DONE",
      problem: null,
      message: { id: MESSAGE_ID, channel: "SMS" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: `PATCH ${PATH}`,
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
    await using gateway = await startWithDraft([...onWrite(answer), reading(message(SMS))]);
    passTimeOnWrites(gateway);
    expect(await update(gateway)).toMatchObject({ outcome: "DONE", problem: null, message: { channel: "SMS" } });
    expect(writes(gateway)).toHaveLength(1);
    expect(queriesOfReads(gateway)).toEqual([`${PATH}?fields[campaign-message]=definition`]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when it is not, and not asked again", async (_, answer) => {
    const old = reading(message({ channel: "sms", content: { body: "Old" } }));
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
    await using gateway = await startWithDraft([...onWrite({ kind: "reset" }), reading(message(SMS, relationships))]);
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

describe("assignTemplateToCampaignMessage", () => {
  const ASSIGN = `mutation ($id: ID!, $templateId: ID!) {
    assignTemplateToCampaignMessage(id: $id, templateId: $templateId) { ${PROBLEM} message { id channel } }
  }`;
  const variables = { id: MESSAGE_ID, templateId: "RpRmi2" };
  // The shape of before 2025: no definition.
  const ASSIGNED = answerWith(200, {
    data: { type: "campaign-message", id: MESSAGE_ID, attributes: { channel: "email", label: "x", content: {} } },
  });

  test("asks Klaviyo in its words, and reads the message in the shape of today", async () => {
    await using gateway = await startWithDraft([...onWrite(ASSIGNED), reading(message({ channel: "email" }))]);
    expect(await payloadOf(gateway, ASSIGN, variables)).toEqual({
      outcome: "DONE",
      problem: null,
      message: { id: MESSAGE_ID, channel: "EMAIL" },
    });
    expect(writes(gateway).map(onTheWire)).toEqual([
      {
        line: "POST /api/campaign-message-assign-template",
        query: "fields[campaign-message]=id",
        contentType: "application/vnd.api+json",
        body: {
          data: {
            type: "campaign-message",
            id: MESSAGE_ID,
            relationships: { template: { data: { type: "template", id: "RpRmi2" } } },
          },
        },
      },
    ]);
    expect(queriesOfReads(gateway)).toEqual([`${PATH}?fields[campaign-message]=definition`]);
    expect(gateway.logs.filter(({ audit }) => audit === "assignTemplateToCampaignMessage")).toMatchObject([
      { targetId: MESSAGE_ID, outcome: "DONE" },
    ]);
  });

  test("does not read the message where it is not selected", async () => {
    const mutation = `mutation ($id: ID!, $templateId: ID!) { assignTemplateToCampaignMessage(id: $id, templateId: $templateId) { outcome } }`;
    await using gateway = await startWithDraft(onWrite(ASSIGNED));
    expect(await payloadOf(gateway, mutation, variables)).toEqual({ outcome: "DONE" });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("is DONE, and says so, when the message cannot be read back", async () => {
    const broken = onRead({ kind: "status", status: 503 }, { times: "always" });
    await using gateway = await startWithDraft([...onWrite(ASSIGNED), broken]);
    const payload = await payloadOf(gateway, ASSIGN, variables);
    expect(payload).toMatchObject({ outcome: "DONE", message: null, problem: { code: "UPSTREAM_UNAVAILABLE" } });
    expect(payload.problem.message).toContain("It was done");
    expect(writes(gateway)).toHaveLength(1);
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["CONFLICT", refusal(409)],
    ["FORBIDDEN", refusal(403)],
  ] as const)("is REFUSED with %s, asked once", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, ASSIGN, variables)).toMatchObject({ outcome: "REFUSED", problem: { code } });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("names the argument that Klaviyo refuses", async () => {
    const answer = refusal(400, {
      source: { pointer: "/data/relationships/template/data/id" },
      detail: "SMS has none.",
    });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await payloadOf(gateway, ASSIGN, variables);
    expect(problem.fields).toEqual([{ path: "templateId", message: "SMS has none." }]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, ASSIGN, variables)).toMatchObject({ outcome: "UNKNOWN", message: null });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("names both ids that are none before anything goes out", async () => {
    await using gateway = await startWithDraft();
    const { fields } = await inputErrorOf(gateway, ASSIGN, { id: "..", templateId: "" });
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "templateId"]);
  });
});

describe("updateCampaignMessageImage", () => {
  const UPDATE = `mutation ($id: ID!, $imageId: ID!) {
    updateCampaignMessageImage(id: $id, imageId: $imageId) { ${PROBLEM} message { id channel } }
  }`;
  const variables = { id: MESSAGE_ID, imageId: "7" };
  const ONLY = `mutation ($id: ID!, $imageId: ID!) { updateCampaignMessageImage(id: $id, imageId: $imageId) { ${PROBLEM} } }`;

  test("asks Klaviyo in its words", async () => {
    await using gateway = await startWithDraft(onWrite(answerWith(204, null)));
    expect(await payloadOf(gateway, ONLY, variables)).toEqual({ outcome: "DONE", problem: null });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: `PATCH ${PATH}/relationships/image`,
        query: "",
        contentType: "application/vnd.api+json",
        body: { data: { type: "image", id: "7" } },
      },
    ]);
    expect(gateway.logs.filter(({ audit }) => audit === "updateCampaignMessageImage")).toMatchObject([
      { targetId: MESSAGE_ID, outcome: "DONE" },
    ]);
  });

  test("reads the message back where it is selected", async () => {
    await using gateway = await startWithDraft([...onWrite(answerWith(204, null)), reading(message(SMS))]);
    expect(await payloadOf(gateway, UPDATE, variables)).toMatchObject({
      outcome: "DONE",
      message: { id: MESSAGE_ID, channel: "SMS" },
    });
  });

  test("names both scopes that it needs when the key lacks one", async () => {
    await using gateway = await startWithDraft(onWrite(refusal(403)));
    const { problem } = await payloadOf(gateway, ONLY, variables);
    expect(problem).toMatchObject({
      code: "FORBIDDEN",
      message: expect.stringContaining("campaigns:write images:read"),
    });
  });

  test.each([
    ["/data/id", "imageId"],
    ["/data", undefined],
  ])("names the argument behind %s", async (pointer, path) => {
    await using gateway = await startWithDraft(onWrite(refusal(400, { source: { pointer }, detail: "Not this." })));
    const { problem } = await payloadOf(gateway, ONLY, variables);
    expect(problem.fields).toEqual(path ? [{ path, message: "Not this." }] : []);
  });

  test.each(UNCERTAIN)("(%s) is DONE when the message is seen to show it", async (_, answer) => {
    await using gateway = await startWithDraft([...onWrite(answer), reading(message(SMS, WITH_IMAGE))]);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, ONLY, variables)).toEqual({ outcome: "DONE", problem: null });
    expect(writes(gateway)).toHaveLength(1);
    expect(queriesOfReads(gateway)).toEqual([`${PATH}?fields[campaign-message]=id&fields[image]=id&include=image`]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when it does not, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft([...onWrite(answer), reading(message(SMS))]);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, ONLY, variables)).toMatchObject({ outcome: "UNKNOWN" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is UNKNOWN when the key may not see which image it is", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "reset" }),
      onRead({ kind: "status", status: 403 }),
      reading(message(SMS), 1),
      onRead({ kind: "status", status: 403 }, { times: "always" }),
    ]);
    expect(await payloadOf(gateway, ONLY, variables)).toMatchObject({ outcome: "UNKNOWN" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("names both ids that are none before anything goes out", async () => {
    await using gateway = await startWithDraft();
    const { fields } = await inputErrorOf(gateway, UPDATE, { id: "..", imageId: "" });
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "imageId"]);
  });
});

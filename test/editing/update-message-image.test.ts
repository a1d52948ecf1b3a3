import { describe, expect, test } from "@jest/globals";
import { messageDocument, MESSAGE_PATH, reading, SMS, WITH_IMAGE } from "./written-message.js";
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
        line: `PATCH ${MESSAGE_PATH}/relationships/image`,
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
    await using gateway = await startWithDraft([...onWrite(answerWith(204, null)), reading(messageDocument(SMS))]);
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
    await using gateway = await startWithDraft([...onWrite(answer), reading(messageDocument(SMS, WITH_IMAGE))]);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, ONLY, variables)).toEqual({ outcome: "DONE", problem: null });
    expect(writes(gateway)).toHaveLength(1);
    expect(queriesOfReads(gateway)).toEqual([
      `${MESSAGE_PATH}?fields[campaign-message]=id&fields[image]=id&include=image`,
    ]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when it does not, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft([...onWrite(answer), reading(messageDocument(SMS))]);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, ONLY, variables)).toMatchObject({ outcome: "UNKNOWN" });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is UNKNOWN when the key may not see which image it is", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "reset" }),
      onRead({ kind: "status", status: 403 }),
      reading(messageDocument(SMS), 1),
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

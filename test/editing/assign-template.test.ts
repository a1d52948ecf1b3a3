import { describe, expect, test } from "@jest/globals";
import { messageDocument, MESSAGE_PATH, reading } from "./written-message.js";
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
    await using gateway = await startWithDraft([...onWrite(ASSIGNED), reading(messageDocument({ channel: "email" }))]);
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
    expect(queriesOfReads(gateway)).toEqual([`${MESSAGE_PATH}?fields[campaign-message]=definition`]);
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

import { describe, expect, test } from "@jest/globals";
import { CREATED, NEW_ID } from "./new-campaigns.js";
import {
  answerWith,
  ID,
  inputErrorOf,
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

describe("cloneCampaign", () => {
  const CLONE = `mutation ($id: ID!, $name: String) { cloneCampaign(id: $id, name: $name) { ${PROBLEM} campaign { id name } } }`;

  test.each([
    ["with a name", "Copy", { new_name: "Copy" }],
    ["without a name", undefined, {}],
    ["with null for a name", null, {}],
  ])("asks Klaviyo in its words, %s", async (_, name, attributes) => {
    await using gateway = await startWithDraft(onWrite(CREATED));
    expect(await payloadOf(gateway, CLONE, { id: ID, name })).toMatchObject({
      outcome: "DONE",
      campaign: { id: NEW_ID },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: "POST /api/campaign-clone",
        query: "fields[campaign]=name",
        contentType: "application/vnd.api+json",
        body: { data: { type: "campaign", id: ID, attributes } },
      },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "cloneCampaign")).toMatchObject([
      { targetId: ID, madeId: NEW_ID, outcome: "DONE" },
    ]);
  });

  test("reads the copy once more where its messages are selected", async () => {
    const mutation = `mutation ($id: ID!) { cloneCampaign(id: $id) { campaign { tags { id } } } }`;
    const read = { data: { type: "campaign", id: NEW_ID, attributes: {}, relationships: { tags: { data: [] } } } };
    await using gateway = await startWithDraft([
      ...onWrite(CREATED),
      onRead(answerWith(200, read), { times: "always" }),
    ]);
    const { body } = await gateway.query(mutation, { id: ID });
    expect(body.errors).toBeUndefined();
    expect(queriesOfReads(gateway)[0]).toContain(`/api/campaigns/${NEW_ID}`);
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["FORBIDDEN", refusal(403)],
    ["CONFLICT", refusal(409)],
  ] as const)("is REFUSED with %s", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "REFUSED", problem: { code } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("names the argument that Klaviyo refuses", async () => {
    const answer = refusal(400, { source: { pointer: "/data/attributes/new_name" }, detail: "Taken." });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await payloadOf(gateway, CLONE, { id: ID, name: "x" });
    expect(problem.fields).toEqual([{ path: "name", message: "Taken." }]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, and asked once: a second would be a second copy", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("is UNKNOWN when the answer is the original", async () => {
    const answer = answerWith(201, { data: { type: "campaign", id: ID, attributes: { name: "Sale" } } });
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CLONE, { id: ID })).toMatchObject({ outcome: "UNKNOWN", campaign: null });
  });

  test.each(["", " \n"])("names every fault before anything goes out (a name of %j)", async (name) => {
    await using gateway = await startWithDraft();
    const { code, fields } = await inputErrorOf(gateway, CLONE, { id: "../x", name });
    expect(code).toBe("BAD_USER_INPUT");
    expect(fields.map(({ field }: { field: string }) => field)).toEqual(["id", "name"]);
  });
});

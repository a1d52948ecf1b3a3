import { describe, expect, test } from "@jest/globals";
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

const DELETE = `mutation ($id: ID!) { deleteCampaign(id: $id) { ${PROBLEM} deletedId } }`;
const GONE = onRead(refusal(404, { code: "not_found" }), { times: "always" });

describe("deleteCampaign", () => {
  test("asks Klaviyo in its words, without a body, and names what is gone", async () => {
    await using gateway = await startWithDraft(onWrite(answerWith(204, null)));
    const payload = await payloadOf(gateway, DELETE, { id: ID });
    expect(payload).toEqual({ outcome: "DONE", problem: null, deletedId: ID });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      { line: `DELETE /api/campaigns/${ID}`, query: "", contentType: undefined, body: undefined },
    ]);
    expect(gateway.logs.filter((line) => line["audit"] === "deleteCampaign")).toMatchObject([
      { targetId: ID, outcome: "DONE" },
    ]);
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["NOT_ACCEPTED", refusal(400)],
    ["CONFLICT", refusal(409)],
    ["FORBIDDEN", refusal(403)],
  ] as const)("is REFUSED with %s, asked once, and nothing is called gone", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, DELETE, { id: ID })).toMatchObject({
      outcome: "REFUSED",
      deletedId: null,
      problem: { code, fields: [] },
    });
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("is told where to look when Klaviyo names no argument", async () => {
    await using gateway = await startWithDraft(onWrite(refusal(400)));
    const { problem } = await payloadOf(gateway, DELETE, { id: ID });
    expect(problem.message).toBe(
      `Nothing was changed: Klaviyo does not accept to delete campaign ${ID}, and names no argument: ` +
        "look at the campaign's status, which may not allow it.",
    );
  });

  test("is asked again after a 429, when the wait is over", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 429, headers: { "retry-after": "3" } }),
      ...onWrite(answerWith(204, null)),
    ]);
    expect(await payloadOf(gateway, DELETE, { id: ID })).toMatchObject({ outcome: "DONE" });
    const [first, second] = writes(gateway);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(3_000);
  });

  test.each(UNCERTAIN)("(%s) is DONE when the campaign is seen to be gone", async (_, answer) => {
    await using gateway = await startWithDraft([...onWrite(answer), GONE]);
    passTimeOnWrites(gateway);
    expect(await payloadOf(gateway, DELETE, { id: ID })).toEqual({ outcome: "DONE", problem: null, deletedId: ID });
    expect(writes(gateway)).toHaveLength(1);
    expect(queriesOfReads(gateway)).toEqual([`/api/campaigns/${ID}?fields[campaign]=id`]);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN when the campaign is still there, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, DELETE, { id: ID });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", deletedId: null });
    expect(payload.problem.message).toContain("still there");
    expect(payload.problem.message).toContain("Asking again is harmless");
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("is UNKNOWN when the campaign cannot be looked at", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 503 }),
      onRead({ kind: "status", status: 403 }, { times: "always" }),
    ]);
    expect(await payloadOf(gateway, DELETE, { id: ID })).toMatchObject({ outcome: "UNKNOWN", deletedId: null });
    expect(gateway.simulator.requests).toHaveLength(2);
  });

  test.each(["", "..", "a/b"])("refuses the id %j before anything goes out", async (id) => {
    await using gateway = await startWithDraft();
    expect(await inputErrorOf(gateway, DELETE, { id })).toMatchObject({ fields: [{ field: "id" }] });
  });
});

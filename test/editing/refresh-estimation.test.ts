import { describe, expect, test } from "@jest/globals";
import {
  answerWith,
  ID,
  inputErrorOf,
  onTheWire,
  onWrite,
  passTimeOnWrites,
  payloadOf,
  PROBLEM,
  refusal,
  startWithDraft,
  UNCERTAIN,
  writes,
} from "./writes.js";

const REFRESH = `mutation ($id: ID!) { refreshCampaignRecipientEstimation(id: $id) { ${PROBLEM} estimationJob { id status } } }`;

const STARTED = answerWith(202, {
  data: { type: "campaign-recipient-estimation-job", id: ID, attributes: { status: "queued" } },
});

describe("refreshCampaignRecipientEstimation", () => {
  test("asks Klaviyo in its words, and gives the job", async () => {
    await using gateway = await startWithDraft(onWrite(STARTED));
    expect(await payloadOf(gateway, REFRESH, { id: ID })).toEqual({
      outcome: "ACCEPTED",
      problem: null,
      estimationJob: { id: ID, status: "QUEUED" },
    });
    expect(gateway.simulator.requests.map(onTheWire)).toEqual([
      {
        line: "POST /api/campaign-recipient-estimation-jobs",
        query: "fields[campaign-recipient-estimation-job]=status",
        contentType: "application/vnd.api+json",
        body: { data: { type: "campaign-recipient-estimation-job", id: ID } },
      },
    ]);
    expect(gateway.logs.filter(({ audit }) => audit === "refreshCampaignRecipientEstimation")).toMatchObject([
      { targetId: ID, outcome: "ACCEPTED" },
    ]);
  });

  test.each([
    ["NOT_FOUND", refusal(404)],
    ["NOT_ACCEPTED", refusal(400)],
    ["FORBIDDEN", refusal(403)],
    ["CONFLICT", refusal(409)],
  ] as const)("is REFUSED with %s, asked once", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, REFRESH, { id: ID })).toMatchObject({
      outcome: "REFUSED",
      problem: { code },
      estimationJob: null,
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("is asked again after a 429, when the wait is over", async () => {
    await using gateway = await startWithDraft([...onWrite({ kind: "status", status: 429 }), ...onWrite(STARTED)]);
    expect(await payloadOf(gateway, REFRESH, { id: ID })).toMatchObject({ outcome: "ACCEPTED" });
    expect(gateway.clock.now()).toBe(1_000);
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, and not asked again", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, REFRESH, { id: ID });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", estimationJob: null });
    expect(payload.problem.message).toContain("Asking again is harmless");
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test("refuses a wrong id before anything goes out", async () => {
    await using gateway = await startWithDraft();
    expect(await inputErrorOf(gateway, REFRESH, { id: "../x" })).toMatchObject({ fields: [{ field: "id" }] });
  });
});

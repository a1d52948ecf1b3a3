import { describe, expect, test } from "@jest/globals";
import { CREATE, EMAIL } from "./new-campaigns.js";
import {
  answerWith,
  ERROR_ID,
  onWrite,
  passTimeOnWrites,
  payloadOf,
  refusal,
  startWithDraft,
  UNCERTAIN,
  writes,
} from "./writes.js";

describe("a campaign that Klaviyo does not make", () => {
  test.each([
    ["/data/attributes/name", "input.name"],
    ["/data/attributes/audiences/included/0", "input.audiences.included"],
    ["/data/attributes/send_strategy/throttle_percentage", "input.sendStrategy.throttled.throttlePercentage"],
    ["/data/attributes/send_strategy/options", "input.sendStrategy.throttled"],
    [
      "/data/attributes/tracking_options/custom_tracking_params/1/value",
      "input.trackingOptions.customTrackingParameters.1.dynamic.filledWith",
    ],
    [
      "/data/attributes/campaign-messages/data/0/attributes/definition/content/subject",
      "input.messages.0.email.content.subject",
    ],
    ["/data/attributes/campaign-messages/data/0", "input.messages.0"],
    ["/data/attributes/campaign-messages/data/7", "input.messages"],
    ["/data/attributes/nobody_knows", "input"],
  ])("names the argument behind %s", async (pointer, path) => {
    const input = {
      ...EMAIL,
      sendStrategy: { throttled: { sendAt: "2026-12-24T10:00:00Z", throttlePercentage: 33 } },
      trackingOptions: {
        customTrackingParameters: [
          { static: { name: "a", value: "b" } },
          { dynamic: { name: "c", filledWith: "GROUP_ID" } },
        ],
      },
      messages: [{ email: { content: { subject: "S" } } }],
    };
    await using gateway = await startWithDraft(onWrite(refusal(400, { source: { pointer }, detail: "Not this." })));
    expect(await payloadOf(gateway, CREATE, { input })).toMatchObject({
      outcome: "REFUSED",
      campaign: null,
      problem: { code: "NOT_ACCEPTED", klaviyoErrorId: ERROR_ID, fields: [{ path, message: "Not this." }] },
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("has every fault named at once, and none that is not about an argument", async () => {
    await using gateway = await startWithDraft(
      onWrite(
        refusal(
          400,
          { source: { pointer: "/data/attributes/name" }, detail: "Too long." },
          { source: { parameter: "fields" } },
          { source: { pointer: "/data/attributes/audiences/included" }, detail: "No such list." },
        ),
      ),
    );
    const { problem } = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(problem.fields).toEqual([
      { path: "input.name", message: "Too long." },
      { path: "input.audiences.included", message: "No such list." },
    ]);
    expect(problem.message).toContain("because of input.name, input.audiences.included");
  });

  test.each([
    "<b>No</b>",
    "See https://klaviyo.example/help",
    "{{ secret }}",
    "line\nbreak",
    "\u202Ereversed",
    "x".repeat(201),
    "",
  ])("has %j in words of ours: Klaviyo's are passed on only where they are short and plain", async (detail) => {
    const answer = refusal(400, { source: { pointer: "/data/attributes/name" }, detail });
    await using gateway = await startWithDraft(onWrite(answer));
    const { problem } = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(problem.fields).toEqual([{ path: "input.name", message: "Klaviyo does not accept this value." }]);
    // They may quote what was sent: no log has them.
    if (detail) expect(gateway.rawLogs.join("")).not.toContain(JSON.stringify(detail).slice(1, -1));
  });

  test("is told at once of a rate limit that lasts", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "60" } }),
    );
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "RATE_LIMITED", retryAfterMs: 60_000 },
    });
  });

  test.each(UNCERTAIN)("(%s) is UNKNOWN, asked once, with advice", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    passTimeOnWrites(gateway);
    const payload = await payloadOf(gateway, CREATE, { input: EMAIL });
    expect(payload).toMatchObject({ outcome: "UNKNOWN", campaign: null });
    expect(payload.problem.message).toContain("look for the new one by its name, before asking again");
    expect(gateway.simulator.requests).toHaveLength(1);
  });

  test.each([
    ["half a document", answerWith(201, {})],
    ["another type", answerWith(201, { data: { type: "flow", id: "x" } })],
    ["an id that cannot be asked for", answerWith(201, { data: { type: "campaign", id: "../x" } })],
  ])("is UNKNOWN when Klaviyo says 201 and answers %s", async (_, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    expect(await payloadOf(gateway, CREATE, { input: EMAIL })).toMatchObject({
      outcome: "UNKNOWN",
      problem: { code: "UPSTREAM_INVALID_RESPONSE" },
    });
  });
});

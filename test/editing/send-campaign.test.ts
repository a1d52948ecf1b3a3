import { describe, expect, test } from "@jest/globals";
import { API_KEY } from "../support/gateway.js";
import { SEND, SEND_LINE, SEND_ONLY } from "./sends.js";
import {
  ERROR_ID,
  ID,
  inputErrorOf,
  onRead,
  onTheWire,
  onWrite,
  payloadOf,
  queriesOfReads,
  refusal,
  startWithDraft,
  writes,
} from "./writes.js";

describe("sendCampaign", () => {
  test("asks Klaviyo in its words, at the gateway's revision", async () => {
    await using gateway = await startWithDraft();
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toEqual({
      outcome: "ACCEPTED",
      problem: null,
      sendJob: { id: ID, status: "QUEUED" },
    });
    const [request, ...more] = gateway.simulator.requests;
    expect(more).toEqual([]);
    expect(onTheWire(request)).toEqual({
      line: SEND_LINE,
      query: "fields[campaign-send-job]=status",
      contentType: "application/vnd.api+json",
      body: { data: { type: "campaign-send-job", id: ID } },
    });
    expect(request?.headers).toMatchObject({
      accept: "application/vnd.api+json",
      authorization: `Klaviyo-API-Key ${API_KEY}`,
      revision: "2026-07-15",
      "x-klaviyo-revision-fall-forward-opt-out": "1",
    });
  });

  test("reads the campaign back where it is selected, with what is selected", async () => {
    await using gateway = await startWithDraft();
    const mutation = `mutation ($id: ID!) { sendCampaign(id: $id) { outcome campaign { name status } } }`;
    const payload = await payloadOf(gateway, mutation, { id: ID });
    expect(payload).toMatchObject({ outcome: "ACCEPTED", campaign: { name: "Sale" } });
    expect(payload.campaign.status).not.toBe("DRAFT");
    expect(queriesOfReads(gateway)).toEqual([`/api/campaigns/${ID}?fields[campaign]=name,status`]);
  });

  test("is ACCEPTED though the campaign cannot be read back", async () => {
    await using gateway = await startWithDraft([onRead({ kind: "status", status: 503 }, { times: "always" })]);
    expect(await payloadOf(gateway, SEND, { id: ID })).toMatchObject({ outcome: "ACCEPTED", campaign: null });
  });

  test("leaves one audit line, which names the campaign and the caller", async () => {
    await using gateway = await startWithDraft();
    await gateway.query(SEND_ONLY, { id: ID }, { "apollographql-client-name": "panel", "x-request-id": "r-1" });
    const lines = gateway.logs.filter((line) => line["audit"] === "sendCampaign");
    expect(lines).toEqual([
      expect.objectContaining({
        targetId: ID,
        outcome: "ACCEPTED",
        problem: null,
        requestId: "r-1",
        caller: expect.objectContaining({ clientName: "panel" }),
      }),
    ]);
  });

  test.each(["", "../x", "a b", "a".repeat(65)])("refuses the id %j before anything goes out", async (id) => {
    await using gateway = await startWithDraft();
    expect(await inputErrorOf(gateway, SEND, { id })).toMatchObject({
      code: "BAD_USER_INPUT",
      fields: [{ field: "id" }],
    });
  });
});

describe("a send that Klaviyo refuses", () => {
  test.each([
    ["NOT_ACCEPTED", refusal(400, { source: { pointer: "/data/id" }, detail: "The campaign has no template." })],
    ["CONFLICT", refusal(409)],
    ["NOT_FOUND", refusal(404)],
    ["FORBIDDEN", refusal(403)],
    ["UPSTREAM_UNAUTHORIZED", refusal(401)],
    ["UPSTREAM_UNAUTHORIZED", refusal(400, { code: "not_authenticated" })],
    ["UPSTREAM_REFUSED", refusal(410)],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "html", status: 403 }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "redirect", location: "/api/campaign-send-jobs" }],
  ] as const)("is REFUSED with %s, asked once, and the campaign is shown as it is", async (code, answer) => {
    await using gateway = await startWithDraft(onWrite(answer));
    const payload = await payloadOf(gateway, SEND, { id: ID });
    expect(payload).toMatchObject({
      outcome: "REFUSED",
      problem: { code, message: expect.stringContaining("Nothing was changed") },
      sendJob: null,
      campaign: { status: "DRAFT" },
    });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("says what Klaviyo found fault with, and its error id", async () => {
    const detail = "The campaign has no template.";
    await using gateway = await startWithDraft(onWrite(refusal(400, { source: { pointer: "/data/id" }, detail })));
    expect((await payloadOf(gateway, SEND, { id: ID })).problem).toEqual({
      code: "NOT_ACCEPTED",
      message: `Nothing was changed: Klaviyo does not accept to send campaign ${ID}, because of id.`,
      retryAfterMs: null,
      klaviyoErrorId: ERROR_ID,
      fields: [{ path: "id", message: detail }],
    });
  });

  test("names the scope that the key lacks", async () => {
    await using gateway = await startWithDraft([], {}, { simulator: { apiKeys: { [API_KEY]: ["campaigns:read"] } } });
    const { problem } = await payloadOf(gateway, SEND, { id: ID });
    expect(problem).toMatchObject({ code: "FORBIDDEN", message: expect.stringContaining("campaigns:write") });
  });
});

describe("a send that Klaviyo throttles", () => {
  test("is asked again after the wait, once the campaign is seen to be a draft still", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "2" } }).slice(0, 1),
    );
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({ outcome: "ACCEPTED", problem: null });
    const lines = gateway.simulator.requests.map(({ method, path }) => `${method} ${path}`);
    expect(lines).toEqual([SEND_LINE, `GET /api/campaigns/${ID}`, SEND_LINE]);
    const [first, second] = writes(gateway);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBe(2_000);
  });

  test("is told at once when the wait is longer than there is time", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "60" } }),
    );
    expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({
      outcome: "REFUSED",
      problem: { code: "RATE_LIMITED", retryAfterMs: 60_000 },
    });
    expect(writes(gateway)).toHaveLength(1);
    expect(gateway.clock.now()).toBe(0);
  });

  test("is not asked again when the campaign cannot be looked at", async () => {
    await using gateway = await startWithDraft([
      ...onWrite({ kind: "status", status: 429 }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "REFUSED", problem: { code: "RATE_LIMITED" } });
    expect(writes(gateway)).toHaveLength(1);
  });

  test("ends with the time for asking, and nothing is sent after it", async () => {
    await using gateway = await startWithDraft(
      onWrite({ kind: "status", status: 429, headers: { "retry-after": "3" } }, { times: "always" }),
    );
    const payload = await payloadOf(gateway, SEND_ONLY, { id: ID });
    expect(payload).toMatchObject({ outcome: "REFUSED", problem: { code: "RATE_LIMITED" } });
    expect(writes(gateway)).toHaveLength(4);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });
});

test("a send that cannot leave is REFUSED, within its time", async () => {
  await using gateway = await startWithDraft([], {}, { upstreamUrl: "http://127.0.0.1:1" });
  expect(await payloadOf(gateway, SEND_ONLY, { id: ID })).toMatchObject({
    outcome: "REFUSED",
    problem: { code: "UPSTREAM_UNAVAILABLE", message: expect.stringContaining("Nothing was changed") },
  });
  expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
});

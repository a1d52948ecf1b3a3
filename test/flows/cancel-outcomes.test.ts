import { describe, expect, test } from "@jest/globals";
import type { Fault } from "../../src/simulator/simulator.js";
import { cancelPayload, ID, onPatch, PATCH, READ, startWithCampaign, wire } from "../support/cancel.js";
import { API_KEY, startGateway, type TestGateway } from "../support/gateway.js";

describe("a campaign that is being sent", () => {
  test("is stopped for good by CANCEL, and reported so only after Klaviyo does", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 800 });
    const payload = await cancelPayload(gateway);
    expect(payload).toEqual({
      outcome: "STOPPED",
      action: "CANCEL",
      status: "CANCELLED",
      campaign: { id: ID, statusText: "Cancelled" },
      problem: null,
    });
    // Looked at after 0.2, 0.6 and 1.4 s: the first two still saw it being sent.
    expect(wire(gateway)).toEqual([PATCH, READ, READ, READ]);
  });

  test("goes back to draft by REVERT", async () => {
    await using gateway = await startWithCampaign({ status: "Scheduled" });
    const payload = await cancelPayload(gateway, { action: "REVERT" });
    expect(payload).toMatchObject({ outcome: "STOPPED", action: "REVERT", status: "DRAFT", problem: null });
  });

  test("is asked for with exactly the request that Klaviyo documents", async () => {
    await using gateway = await startWithCampaign();
    await cancelPayload(gateway, { action: "REVERT" });
    const [patch] = gateway.simulator.requests;
    expect(patch).toMatchObject({ method: "PATCH", path: `/api/campaign-send-jobs/${ID}`, query: "" });
    expect(patch?.headers).toMatchObject({
      authorization: `Klaviyo-API-Key ${API_KEY}`,
      revision: "2026-07-15",
      "content-type": "application/vnd.api+json",
      accept: "application/vnd.api+json",
      "x-klaviyo-revision-fall-forward-opt-out": "1",
    });
    expect(JSON.parse(patch?.body ?? "")).toEqual({
      data: { type: "campaign-send-job", id: ID, attributes: { action: "revert" } },
    });
  });

  test("is read back at the gateway's own revision, and only in what the operation selects", async () => {
    await using gateway = await startWithCampaign({}, [], { simulator: { oldestLiveRevision: "2023-02-22" } });
    await cancelPayload(gateway, { revision: "2024-10-15" });
    const [patch, ...reads] = gateway.simulator.requests;
    expect(patch?.headers["revision"]).toBe("2024-10-15");
    expect(new Set(reads.map((read) => read.headers["revision"]))).toEqual(new Set(["2026-07-15"]));
    expect(new Set(reads.map((read) => decodeURIComponent(read.query)))).toEqual(new Set(["fields[campaign]=status"]));
  });

  test("is ACCEPTED, with its last status, when it is still moving at the end of the waiting time", async () => {
    await using gateway = await startWithCampaign({ settles: false });
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({
      outcome: "ACCEPTED",
      status: "SENDING",
      campaign: { statusText: "Sending" },
      problem: { code: "STILL_STOPPING" },
    });
    expect(gateway.clock.now()).toBe(5_000);
    expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(1);
  });

  test("is looked at once more at the end of the waiting time, so that its last status is not an old one", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 4_900 });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
    expect(gateway.clock.now()).toBe(5_000);
  });

  test("is TOO_LATE when it finishes before the cancel takes hold", async () => {
    const timeline = [{ afterMs: 500, status: "Sent" }];
    await using gateway = await startWithCampaign({ timeline, settleAfterMs: 2_000 });
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "TOO_LATE",
      status: "SENT",
      problem: { code: "ALREADY_SENT" },
    });
  });

  test.each([
    ["an emergency waits for nothing when the waiting time is 0", "0", 0],
    ["a longer waiting time is used up if need be", "7000", 7_000],
  ])("%s", async (_title, waitMs, elapsedMs) => {
    await using gateway = await startWithCampaign({ settles: false }, [], { env: { CANCEL_WAIT_MS: waitMs } });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ACCEPTED" });
    expect(gateway.clock.now()).toBe(elapsedMs);
  });
});

describe("a campaign that Klaviyo does not stop", () => {
  test.each([
    ["Cancelled", "CANCEL", "CANCELLED"],
    ["Cancelled: Smart Sending", "CANCEL", "CANCELLED_SMART_SENDING"],
    ["Cancelled: Billing Limit", "CANCEL", "CANCELLED_BILLING_LIMIT"],
    ["Draft", "REVERT", "DRAFT"],
  ])("is ALREADY_STOPPED when it is %s and the action is %s", async (status, action, expected) => {
    await using gateway = await startWithCampaign({ status });
    const payload = await cancelPayload(gateway, { action });
    expect(payload).toMatchObject({ outcome: "ALREADY_STOPPED", status: expected, problem: null });
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });

  test.each(["CANCEL", "REVERT"])("is TOO_LATE for %s when it has been sent", async (action) => {
    await using gateway = await startWithCampaign({ status: "Sent" });
    expect(await cancelPayload(gateway, { action })).toMatchObject({
      outcome: "TOO_LATE",
      status: "SENT",
      problem: { code: "ALREADY_SENT" },
    });
  });

  test.each([
    ["Draft", "CANCEL", "DRAFT"],
    ["Cancelled", "REVERT", "CANCELLED"],
  ])(
    "is NOT_STOPPED, NOT_SENDING, with its status when it is %s and the action is %s",
    async (status, action, shown) => {
      await using gateway = await startWithCampaign({ status });
      const payload = await cancelPayload(gateway, { action });
      expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status: shown, problem: { code: "NOT_SENDING" } });
      expect(payload.problem.message).toContain(`"${status}"`);
    },
  );

  test("is NOT_FOUND when there is no such campaign", async () => {
    await using gateway = await startGateway();
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "NOT_STOPPED",
      status: null,
      campaign: null,
      problem: { code: "NOT_FOUND" },
    });
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });

  test("is NOT_SENDING, with Klaviyo's error id, when Klaviyo refuses although it looks stoppable", async () => {
    await using gateway = await startWithCampaign({ refusesAction: 409 });
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status: "SENDING", problem: { code: "NOT_SENDING" } });
    expect(payload.problem.klaviyoErrorId).toMatch(/^[0-9a-f-]{36}$/);
  });

  /** A gateway over a campaign whose status is one that the simulator does not know. */
  function startWithStatus(status: string, ...faults: readonly Fault[]): Promise<TestGateway> {
    const data = { type: "campaign", id: ID, attributes: { status }, links: { self: "https://x.y" } };
    const answer = { status: 200, body: JSON.stringify({ data }), contentType: "application/vnd.api+json" };
    return startWithCampaign({ settles: false }, [
      ...faults,
      { match: { method: "GET" }, times: "always", answer: { kind: "status", ...answer } },
    ]);
  }

  test("shows a status that Klaviyo added yesterday in Klaviyo's own words", async () => {
    await using gateway = await startWithStatus("Paused by Moon Phase");
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "ACCEPTED",
      status: "UNRECOGNIZED",
      campaign: { statusText: "Paused by Moon Phase" },
    });
  });

  test.each([
    ["refused", "ALREADY_STOPPED", [onPatch({ kind: "status", status: 400 })]],
    ["accepted", "STOPPED", []],
  ])("is stopped where Klaviyo has a new reason to have cancelled it, and %s: %s", async (_, outcome, faults) => {
    await using gateway = await startWithStatus("Cancelled: Moon Phase", ...faults);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome, status: "UNRECOGNIZED", problem: null });
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });
});

describe("a PATCH that is refused for what the campaign has no part in", () => {
  test.each([
    [401, "UPSTREAM_UNAUTHORIZED", "API key"],
    [403, "FORBIDDEN", "campaigns:write"],
    [404, "REVISION_REFUSED", "revision 2026-07-15. Ask at another, such as 2026-04-15."],
    [410, "REVISION_REFUSED", "revision 2026-07-15. Ask at another, such as 2026-04-15."],
    [415, "REVISION_REFUSED", "revision 2026-07-15. Ask at another, such as 2026-04-15."],
  ])("with HTTP %d is NOT_STOPPED, %s", async (status, code, words) => {
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status })]);
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({ outcome: "NOT_STOPPED", status: "SENDING", problem: { code } });
    expect(payload.problem.message).toContain(words);
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });

  test.each([
    ["a challenge page", { kind: "html", status: 403 } as const],
    ["a redirect", { kind: "redirect", location: "https://elsewhere.example/" } as const],
  ])("by %s is NOT_STOPPED, UPSTREAM_INVALID_RESPONSE, and is not followed", async (_name, answer) => {
    await using gateway = await startWithCampaign({}, [onPatch(answer)]);
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "NOT_STOPPED",
      status: "SENDING",
      problem: { code: "UPSTREAM_INVALID_RESPONSE" },
    });
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });

  test("is ALREADY_STOPPED all the same when the campaign is", async () => {
    await using gateway = await startWithCampaign({ status: "Cancelled" }, [onPatch({ kind: "status", status: 403 })]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ALREADY_STOPPED", problem: null });
  });
});

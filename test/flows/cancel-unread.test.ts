import { describe, expect, test } from "@jest/globals";
import {
  cancelPayload,
  ID,
  onLook,
  onPatch,
  onRead,
  PATCH,
  READ,
  READ_JOB,
  startWithCampaign,
  wire,
} from "../support/cancel.js";

describe("a cancel that Klaviyo accepted, and whose campaign cannot be read", () => {
  test.each([
    ["UPSTREAM_UNAVAILABLE", { kind: "status", status: 503 }],
    ["UPSTREAM_UNAVAILABLE", { kind: "reset" }],
    ["UPSTREAM_UNAVAILABLE", { kind: "reset-mid-body" }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "truncated" }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "html", status: 200 }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "wrong-id" }],
    ["UPSTREAM_INVALID_RESPONSE", { kind: "redirect", location: "/api/campaigns/other" }],
    ["UPSTREAM_UNAUTHORIZED", { kind: "status", status: 401 }],
    ["FORBIDDEN", { kind: "status", status: 403 }],
    ["NOT_FOUND", { kind: "status", status: 404 }],
    ["RATE_LIMITED", { kind: "status", status: 429 }],
  ] as const)("is ACCEPTED, %s, and not called a failure (%j)", async (code, answer) => {
    await using gateway = await startWithCampaign({}, [onLook(answer, { times: "always" })]);
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({ outcome: "ACCEPTED", status: null, campaign: null, problem: { code } });
    expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(1);
    expect(gateway.clock.now()).toBeLessThanOrEqual(5_100);
  });

  test("is STOPPED when its send job is cancelled, and `problem` says why there is no campaign", async () => {
    const fault = onRead({ kind: "status", status: 429, headers: { "retry-after": "60" } }, { times: "always" });
    await using gateway = await startWithCampaign({ settleAfterMs: 800 }, [fault]);
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({ outcome: "STOPPED", status: null, campaign: null });
    expect(payload.problem).toMatchObject({ code: "RATE_LIMITED", message: expect.stringContaining("send job") });
    expect(gateway.clock.now()).toBeLessThan(2_000);
  });

  test("is not STOPPED for a REVERT by a send job that is cancelled, which leaves open whether the campaign is a draft", async () => {
    const fault = onRead({ kind: "status", status: 503 }, { times: "always" });
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [fault]);
    expect(await cancelPayload(gateway, { action: "REVERT" })).toMatchObject({ outcome: "ACCEPTED", status: null });
    expect(wire(gateway)).not.toContain(READ_JOB);
  });

  test("is looked for in the send job where the campaigns' limit is used up for longer than there is time", async () => {
    const limits = { KLAVIYO_LIMITS: "get_campaign=1/1" };
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [], { env: limits });
    await gateway.query(`{ campaign(id: "${ID}") { status } }`);
    gateway.simulator.clearRequests();
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", problem: { code: "RATE_LIMITED" } });
    expect(wire(gateway)).toEqual([PATCH, READ_JOB]);
  });

  test("keeps the last status that was read when later looks fail", async () => {
    await using gateway = await startWithCampaign({ settles: false });
    const unsubscribe = gateway.simulator.onRequest(({ method }) => {
      if (method !== "GET") return;
      unsubscribe();
      gateway.simulator.addFault({ ...onRead({ kind: "status", status: 500 }, { times: "always" }) });
    });
    // The fault is added while the first look is being answered, so it hits the second and all that follow.
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ACCEPTED" });
    expect(wire(gateway).filter((line) => line === READ).length).toBeGreaterThan(1);
  });

  test("is not called still sending when Klaviyo has no such campaign any more", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 60_000 });
    const gone = onLook({ kind: "status", status: 404 }, { times: "always" });
    gateway.simulator.onRequest(({ method }) => {
      if (method === "GET") setImmediate(() => gateway.simulator.addFault(gone));
    });
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "ACCEPTED",
      status: "SENDING",
      problem: {
        code: "STILL_STOPPING",
        message: expect.stringMatching(/when it was last read, .* still "Sending", and then .* no such campaign/),
      },
    });
  });

  test("is STOPPED after all when a later look succeeds", async () => {
    await using gateway = await startWithCampaign({}, [onRead({ kind: "html", status: 502 }, { times: 2 })]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
  });
});

describe("a refusal of a campaign that cannot be read", () => {
  test("is UNKNOWN, and not ALREADY_STOPPED by a send job that a revert may have cancelled long ago", async () => {
    await using gateway = await startWithCampaign({ status: "Cancelled" }, [
      onPatch({ kind: "status", status: 409 }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "UNKNOWN", status: null });
    expect(wire(gateway)).not.toContain(READ_JOB);
  });

  test.each([
    ["for its key, as HTTP 400", 400, { code: "not_authenticated" }, "UPSTREAM_UNAUTHORIZED"],
    ["for its revision, as HTTP 400", 400, { code: "invalid", source: { header: "revision" } }, "REVISION_REFUSED"],
    ["for its revision, as HTTP 404", 404, { code: "not_found", source: { header: "revision" } }, "REVISION_REFUSED"],
    ["for its method", 405, { code: "method_not_allowed" }, "REVISION_REFUSED"],
    ["for what it accepts", 406, { code: "not_acceptable" }, "REVISION_REFUSED"],
    ["for its media type", 415, { code: "unsupported_media_type" }, "REVISION_REFUSED"],
  ])("is NOT_STOPPED %s, which has nothing to do with the campaign", async (_, status, error, code) => {
    const body = JSON.stringify({ errors: [{ id: "1", title: "t", detail: "d", ...error }] });
    await using gateway = await startWithCampaign({}, [
      onPatch({ kind: "status", status, body }),
      onLook({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    const message = expect.stringContaining("Nothing was changed");
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "NOT_STOPPED", problem: { code, message } });
  });

  test.each([
    [403, "FORBIDDEN", "campaigns:read"],
    [401, "UPSTREAM_UNAUTHORIZED", "API key"],
    [400, "UPSTREAM_REFUSED", "refused what the gateway asked for"],
  ])("is UNKNOWN for what the look was refused for: HTTP %d is %s", async (status, code, words) => {
    await using gateway = await startWithCampaign({ status: "Cancelled" }, [
      onLook({ kind: "status", status }, { times: "always" }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "UNKNOWN",
      campaign: null,
      problem: { code, message: expect.stringContaining(words) },
    });
  });
});

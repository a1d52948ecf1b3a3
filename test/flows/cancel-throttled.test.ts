import { describe, expect, test } from "@jest/globals";
import { cancelPayload, onPatch, onRead, PATCH, READ, startWithCampaign, wire } from "../support/cancel.js";

function throttled(headers: Record<string, string>, detail = "Request was throttled.") {
  const error = { id: "8c8f4aea-7289-4a13-b697-5dd5dde38f1e", status: 429, code: "throttled", title: "t", detail };
  const body = JSON.stringify({ errors: [error] });
  return { kind: "status", status: 429, headers, body, contentType: "application/vnd.api+json" } as const;
}

/** What the clock showed when each PATCH arrived, in seconds. */
function patchTimes(gateway: Awaited<ReturnType<typeof startWithCampaign>>): number[] {
  const [first, ...rest] = gateway.simulator.requests.filter(({ method }) => method === "PATCH");
  return [first, ...rest].map((request) => ((request?.atMs ?? 0) - (first?.atMs ?? 0)) / 1000);
}

describe("a PATCH that Klaviyo throttles", () => {
  test.each([
    ["seconds", throttled({ "retry-after": "2" }), 2],
    ["a date", throttled({ "retry-after": "Mon, 23 Nov 2026 12:00:03 GMT", date: "Mon, 23 Nov 2026 12:00:00 GMT" }), 3],
    ["words alone", throttled({}, "Request was throttled. Expected available in 4 seconds."), 4],
    ["nothing", throttled({}), 1],
    ["nonsense", throttled({ "retry-after": "-7" }), 1],
  ])("is repeated after the wait that is asked for in %s", async (_name, answer, seconds) => {
    await using gateway = await startWithCampaign({}, [onPatch(answer)]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    expect(patchTimes(gateway)).toEqual([0, seconds]);
  });

  test("is not repeated at once for a wait of 0 seconds, which Klaviyo would only refuse again", async () => {
    await using gateway = await startWithCampaign({}, [onPatch(throttled({ "retry-after": "0" }))]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
    expect(patchTimes(gateway)[1]).toBeGreaterThan(0.1);
  });

  test.each([
    ["a minute", "60", 60_000],
    ["an absurd time", "99999999999", 86_400_000],
  ])("is told at once when the wait is %s, beyond the deadline", async (_name, seconds, retryAfterMs) => {
    await using gateway = await startWithCampaign({}, [onPatch(throttled({ "retry-after": seconds }))]);
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "NOT_STOPPED",
      status: "SENDING",
      problem: { code: "RATE_LIMITED", retryAfterMs, klaviyoErrorId: "8c8f4aea-7289-4a13-b697-5dd5dde38f1e" },
    });
    expect(wire(gateway)).toEqual([PATCH, READ]);
    expect(gateway.clock.now()).toBe(0);
  });

  test("is ALREADY_STOPPED when the campaign turns out to be, whatever the limit", async () => {
    const fault = onPatch(throttled({ "retry-after": "60" }));
    await using gateway = await startWithCampaign({ status: "Cancelled" }, [fault]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ALREADY_STOPPED", problem: null });
  });

  test("is RATE_LIMITED with no campaign when the look is throttled as well", async () => {
    await using gateway = await startWithCampaign({}, [
      onPatch(throttled({ "retry-after": "60" })),
      onRead(throttled({ "retry-after": "60" })),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "NOT_STOPPED",
      campaign: null,
      problem: { code: "RATE_LIMITED", retryAfterMs: 60_000 },
    });
  });

  test("is RATE_LIMITED after a storm of 429s that lasts longer than the deadline, and nothing is sent after that", async () => {
    await using gateway = await startWithCampaign({}, [
      onPatch(throttled({ "retry-after": "3" }), { times: "always" }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "NOT_STOPPED", problem: { code: "RATE_LIMITED" } });
    expect(patchTimes(gateway)).toEqual([0, 3, 6, 9, 12]);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("works within Klaviyo's real limits when the budget of the second is used up", async () => {
    await using gateway = await startWithCampaign({}, [], { simulator: { limits: "klaviyo" } });
    const headers = { authorization: "Klaviyo-API-Key pk_somebody_else", revision: "2026-07-15" };
    const { host } = new URL((await upstreamUrl(gateway)) ?? "");
    for (let call = 0; call < 10; call++)
      await fetch(`http://${host}/api/campaign-send-jobs/other`, { method: "PATCH", headers });
    gateway.simulator.clearRequests();
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
    expect(wire(gateway).slice(0, 2)).toEqual([PATCH, PATCH]);
  });
});

/** The simulator's address, as it saw itself asked for. */
async function upstreamUrl(gateway: Awaited<ReturnType<typeof startWithCampaign>>): Promise<string | undefined> {
  await gateway.query(`{ campaign(id: "x") { id } }`);
  const host = gateway.simulator.requests.at(-1)?.headers["host"];
  return host && `http://${host}`;
}

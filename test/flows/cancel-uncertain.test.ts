import { describe, expect, test } from "@jest/globals";
import type { FaultAnswer } from "../../src/simulator/simulator.js";
import {
  cancelPayload,
  onLook,
  onPatch,
  onRead,
  passTimeOn,
  PATCH,
  READ,
  READ_JOB,
  startWithCampaign,
  wire,
} from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { pass } from "../support/pass.js";

const UNCERTAIN: readonly (readonly [string, FaultAnswer])[] = [
  ["HTTP 500", { kind: "status", status: 500 }],
  ["HTTP 502 in HTML", { kind: "html", status: 502 }],
  ["HTTP 200 in HTML, from whoever", { kind: "html", status: 200 }],
  ["HTTP 503", { kind: "status", status: 503 }],
  ["HTTP 504", { kind: "status", status: 504 }],
  ["HTTP 524", { kind: "html", status: 524 }],
  ["HTTP 408", { kind: "status", status: 408 }],
  ["a reset", { kind: "reset" }],
];

/** When each PATCH arrived, from the first on. */
function patchTimes({ simulator }: TestGateway): number[] {
  const times = simulator.requests.flatMap(({ method, atMs }) => (method === "PATCH" ? [atMs] : []));
  return times.map((atMs) => atMs - (times[0] ?? 0));
}

describe("a PATCH whose effect is unknown", () => {
  test.each(UNCERTAIN)(
    "(%s, not carried out) is looked at first, and repeated once nothing moved",
    async (_, answer) => {
      await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [onPatch(answer)]);
      expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
      expect(wire(gateway)).toEqual([PATCH, READ, PATCH, READ]);
    },
  );

  test.each(UNCERTAIN)("(%s, carried out) is STOPPED without another PATCH", async (_, answer) => {
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [onPatch(answer, { applied: true })]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    expect(wire(gateway)).toEqual([PATCH, READ]);
  });

  test.each(UNCERTAIN)("(%s, carried out, settling later) ends STOPPED", async (_, answer) => {
    await using gateway = await startWithCampaign({ settleAfterMs: 800 }, [onPatch(answer, { applied: true })]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
  });

  test.each([true, false])("because nothing came back in time (carried out: %s) ends STOPPED", async (applied) => {
    const fault = onPatch({ kind: "black-hole" }, { applied });
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [fault]);
    const unsubscribe = gateway.simulator.onRequest(() => {
      unsubscribe();
      setImmediate(() => gateway.clock.advance(4_000));
    });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    expect(wire(gateway)).toEqual(applied ? [PATCH, READ] : [PATCH, READ, PATCH, READ]);
  });

  test("is TOO_LATE when the look shows that the campaign has been sent", async () => {
    const timeline = [{ afterMs: 1, status: "Sent" }];
    await using gateway = await startWithCampaign({ timeline }, [onPatch({ kind: "black-hole" })]);
    passTimeOn(gateway, "PATCH", 4_000);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "TOO_LATE", problem: { code: "ALREADY_SENT" } });
  });

  test("is UNKNOWN, with the status that was read, when Klaviyo fails for as long as there is time", async () => {
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 503 }, { times: "always" })]);
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({
      outcome: "UNKNOWN",
      status: "SENDING",
      problem: { code: "UPSTREAM_UNAVAILABLE" },
    });
    expect(payload.problem.message).toContain("Check the campaign's status");
    expect(gateway.clock.now()).toBeGreaterThan(10_000);
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_100);
    // Every repetition was preceded by a look.
    expect(wire(gateway).join(" ")).not.toContain(`${PATCH} ${PATCH}`);
  });

  test("is repeated where nothing can be seen, for to be asked twice does a campaign no harm", async () => {
    await using gateway = await startWithCampaign({}, [
      onPatch({ kind: "status", status: 504 }),
      onLook({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "ACCEPTED", status: null, campaign: null });
    expect(wire(gateway).slice(0, 4)).toEqual([PATCH, READ, READ_JOB, PATCH]);
  });

  test("is UNKNOWN when nothing can be seen and Klaviyo fails for as long as there is time", async () => {
    await using gateway = await startWithCampaign({}, [
      onPatch({ kind: "status", status: 504 }, { times: "always" }),
      onLook({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "UNKNOWN", status: null, campaign: null });
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });

  test("is STOPPED without another PATCH when its send job is cancelled, whatever keeps the campaign from being read", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [
      onPatch({ kind: "status", status: 504 }, { applied: true }),
      onRead({ kind: "status", status: 503 }, { times: "always" }),
    ]);
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({ outcome: "STOPPED", status: null, problem: { code: "UPSTREAM_UNAVAILABLE" } });
    expect(wire(gateway)).toEqual([PATCH, READ, READ_JOB]);
  });

  test("is not called a failure when its repetition is refused because the first one worked", async () => {
    // The first PATCH worked and settles in a while; the second is refused, as a campaign under way may well be.
    await using gateway = await startWithCampaign({ settleAfterMs: 2_000 }, [
      onPatch({ kind: "status", status: 502 }, { applied: true }),
      onPatch({ kind: "status", status: 409 }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
    expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(2);
  });

  test("is repeated where the look found no such campaign, for the one is as doubtful as the other", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 0 }, [
      onPatch({ kind: "status", status: 502 }),
      onRead({ kind: "status", status: 404 }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    expect(wire(gateway)).toEqual([PATCH, READ, PATCH, READ]);
  });

  test("is looked at also when its repetition is throttled: what has worked is neither waited for nor asked again", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 800 }, [
      onPatch({ kind: "status", status: 502 }, { applied: true }),
      onPatch({ kind: "status", status: 429, headers: { "retry-after": "10" } }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED", problem: null });
    expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(2);
    expect(gateway.clock.now()).toBeLessThan(2_000);
  });

  test("is repeated as soon as its pause is over, whatever of it the look has taken", async () => {
    await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 503 })]);
    passTimeOn(gateway, "GET", 150);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
    expect(patchTimes(gateway)).toEqual([0, 200]);
  });

  test("is not kept from being repeated for seconds by looks that are not answered", async () => {
    const clock = new HeldClock(false);
    const faults = [onPatch({ kind: "status", status: 503 }), onLook({ kind: "black-hole" }, { times: "always" })];
    await using gateway = await startWithCampaign({}, faults, { clock });
    const pressed = cancelPayload(gateway);
    await pass(gateway, pressed);
    expect(await pressed).toMatchObject({ outcome: "ACCEPTED" });
    expect(patchTimes(gateway)[1]).toBeLessThan(2_000);
  });

  test("is UNKNOWN when its repetition is refused and the campaign never moves", async () => {
    await using gateway = await startWithCampaign({}, [
      onPatch({ kind: "status", status: 502 }),
      onPatch({ kind: "status", status: 409 }),
    ]);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "UNKNOWN", status: "SENDING" });
  });

  test.each([
    ["refused", { kind: "status", status: 409 }, null],
    ["throttled", { kind: "status", status: 429, headers: { "retry-after": "60" } }, 60_000],
  ] as const)("says what made it so, and not that its repetition was %s", async (_, answer, retryAfterMs) => {
    const faults = [onPatch({ kind: "black-hole" }), onPatch(answer)];
    await using gateway = await startWithCampaign({}, faults, { clock: new HeldClock(false) });
    const pressed = cancelPayload(gateway);
    await pass(gateway, pressed);
    const message = expect.stringContaining("not known whether it did: Klaviyo did not answer in time");
    expect(await pressed).toMatchObject({
      outcome: "UNKNOWN",
      problem: { code: "UPSTREAM_TIMEOUT", message, retryAfterMs },
    });
  });

  test("is UNKNOWN, and not NOT_FOUND, when the campaign was seen before a last look that found none", async () => {
    await using gateway = await startWithCampaign({ settleAfterMs: 60_000 }, [
      onPatch({ kind: "status", status: 502 }, { applied: true }),
      onPatch({ kind: "status", status: 409 }),
    ]);
    const gone = onLook({ kind: "status", status: 404 }, { times: "always" });
    const { clock, simulator } = gateway;
    simulator.onRequest(({ method }) => {
      if (method === "GET" && clock.now() > 2_000) setImmediate(() => simulator.addFault(gone));
    });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "UNKNOWN", status: "SENDING" });
    expect(wire(gateway).filter((line) => line === PATCH)).toHaveLength(2);
  });

  test("is NOT_FOUND when no look has ever found the campaign", async () => {
    await using gateway = await startGateway();
    gateway.simulator.addFault(onPatch({ kind: "status", status: 502 }));
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "NOT_STOPPED", problem: { code: "NOT_FOUND" } });
  });
});

describe("a PATCH that never left", () => {
  test("is NOT_STOPPED, UPSTREAM_UNAVAILABLE, when there is nobody to connect to", async () => {
    await using gateway = await startGateway({ upstreamUrl: "http://127.0.0.1:1" });
    const payload = await cancelPayload(gateway);
    expect(payload).toMatchObject({
      outcome: "NOT_STOPPED",
      campaign: null,
      problem: { code: "UPSTREAM_UNAVAILABLE" },
    });
    expect(payload.problem.message).toContain("Nothing was changed");
    expect(gateway.clock.now()).toBeLessThanOrEqual(15_000);
  });
});

test("a cancel leaves no timer behind, however it ends", async () => {
  await using gateway = await startWithCampaign({}, [onPatch({ kind: "status", status: 503 }, { times: 2 })]);
  await cancelPayload(gateway);
  expect(gateway.clock.pendingCount).toBe(0);
});

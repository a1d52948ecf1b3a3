import { describe, expect, test } from "@jest/globals";
import type { FaultAnswer } from "../../src/simulator/simulator.js";
import { wire } from "../support/cancel.js";
import { API_KEY, type GraphqlAnswer, startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";

const REPORT = "POST /api/campaign-values-reports";
const DAY_MS = 86_400_000;
const MAX_AGE_MS = 60_000;

const start = (apiKeys?: Readonly<Record<string, readonly string[]>>): Promise<TestGateway> =>
  startGateway({
    clock: new HeldClock(false),
    env: { STATISTICS_MAX_AGE_MS: String(MAX_AGE_MS) },
    simulator: {
      ...(apiKeys && { apiKeys }),
      campaigns: [{ id: "ONE", status: "Sent", sendTime: "2026-11-20T08:00:00+00:00", statistics: { opens: 450 } }],
    },
  });

const ask = (gateway: TestGateway, metric = "RESQ6t", headers: Record<string, string> = {}): Promise<GraphqlAnswer> =>
  gateway.query(
    `query ($metric: ID!) { campaign(id: "ONE") { id statistics(conversionMetricId: $metric) { ageMs opens } } }`,
    { metric },
    headers,
  );

function fail(gateway: TestGateway, answer: FaultAnswer, times: number | "always" = "always"): void {
  gateway.simulator.addFault({ match: { method: "POST" }, times, answer });
}

const reports = (gateway: TestGateway) => wire(gateway).filter((line) => line.startsWith(REPORT)).length;

describe("a metric that the account does not have", () => {
  test("is a fault of the argument, at the field; the rest of the answer stands", async () => {
    await using gateway = await start();
    const { body } = await ask(gateway, "NONE");
    expect(body.data).toEqual({ campaign: { id: "ONE", statistics: null } });
    expect(body.errors).toMatchObject([
      {
        path: ["campaign", "statistics"],
        extensions: { code: "BAD_USER_INPUT", fields: [{ field: "conversionMetricId" }] },
      },
    ]);
  });

  test("costs one report, however often it is asked for, until the refusal is too old", async () => {
    await using gateway = await start();
    await ask(gateway, "NONE");
    gateway.clock.advance(MAX_AGE_MS);
    const again = await ask(gateway, "NONE");
    expect(again.body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(reports(gateway)).toBe(1);
    gateway.clock.advance(1);
    await ask(gateway, "NONE");
    expect(reports(gateway)).toBe(2);
  });

  test("is known by a 404 as well", async () => {
    await using gateway = await start();
    fail(gateway, { kind: "status", status: 404 });
    const { body } = await ask(gateway);
    expect(body.errors[0].extensions).toMatchObject({ fields: [{ field: "conversionMetricId" }] });
  });
});

test("a timeframe that Klaviyo refuses is a fault of that argument", async () => {
  await using gateway = await start();
  const error = { id: "e", status: 400, code: "invalid", title: "No.", detail: "No." };
  const body = JSON.stringify({ errors: [{ ...error, source: { pointer: "/data/attributes/timeframe/start" } }] });
  fail(gateway, { kind: "status", status: 400, body });
  const answer = await ask(gateway);
  expect(answer.body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "timeframe" }] });
});

test("a refusal that is about no argument is no fault of the caller", async () => {
  await using gateway = await start();
  fail(gateway, { kind: "status", status: 400 });
  const { body } = await ask(gateway);
  expect(body.errors[0].extensions.code).toBe("UPSTREAM_REFUSED");
});

test("a key that may not read campaigns' statistics names the scope", async () => {
  await using gateway = await start({ [API_KEY]: ["campaigns:read"] });
  fail(gateway, { kind: "status", status: 403 });
  const { body } = await ask(gateway);
  expect(body.data.campaign).toEqual({ id: "ONE", statistics: null });
  expect(body.errors[0]).toMatchObject({ path: ["campaign", "statistics"], extensions: { code: "FORBIDDEN" } });
  expect(body.errors[0].message).toContain("campaigns:read");
});

describe("what was reported before", () => {
  test.each<[string, FaultAnswer]>([
    ["throttles", { kind: "status", status: 429 }],
    ["is down", { kind: "status", status: 503 }],
    ["breaks off", { kind: "reset" }],
  ])("is given with its age while Klaviyo %s", async (_, answer) => {
    await using gateway = await start();
    await ask(gateway);
    gateway.clock.advance(MAX_AGE_MS + 1);
    fail(gateway, answer);
    const { body } = await ask(gateway);
    expect(body.errors).toBeUndefined();
    expect(body.data.campaign.statistics).toEqual({ ageMs: MAX_AGE_MS + 1, opens: 450 });
  });

  test.each<[string, FaultAnswer, string]>([
    ["the key was refused", { kind: "status", status: 401 }, "UPSTREAM_UNAUTHORIZED"],
    ["the key lost its scope", { kind: "status", status: 403 }, "FORBIDDEN"],
    ["the report is not understood", { kind: "status", status: 200, body: "{}" }, "UPSTREAM_INVALID_RESPONSE"],
  ])("does not hide that %s: waiting will not mend it", async (_, answer, code) => {
    await using gateway = await start();
    await ask(gateway);
    gateway.clock.advance(MAX_AGE_MS + 1);
    fail(gateway, answer);
    const { body } = await ask(gateway);
    expect(body.data.campaign.statistics).toBeNull();
    expect(body.errors[0].extensions.code).toBe(code);
  });

  test("is given for a day and no longer: by then Klaviyo makes reports again", async () => {
    await using gateway = await start();
    await ask(gateway);
    fail(gateway, { kind: "status", status: 503 });
    gateway.clock.advance(DAY_MS);
    expect((await ask(gateway)).body.data.campaign.statistics).toEqual({ ageMs: DAY_MS, opens: 450 });
    gateway.clock.advance(1);
    const { body } = await ask(gateway);
    expect(body.data.campaign.statistics).toBeNull();
    expect(body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
  });
});

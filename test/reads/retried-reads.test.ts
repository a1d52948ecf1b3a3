import { describe, expect, test } from "@jest/globals";
import type { FaultAnswer } from "../../src/simulator/simulator.js";
import { ID, READ, wire } from "../support/cancel.js";
import { startGateway, type TestGateway, type TestGatewayOptions } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { leavingClient } from "../support/leaving-client.js";
import { until } from "../support/until.js";

const QUERY = `{ campaign(id: "${ID}") { status } }`;

async function startFailing(
  answer: FaultAnswer,
  times: number,
  options: TestGatewayOptions = {},
): Promise<TestGateway> {
  const gateway = await startGateway({ ...options, simulator: { campaigns: [{ id: ID, status: "Draft" }] } });
  gateway.simulator.addFault({ match: { method: "GET", path: "/api/campaigns*" }, times, answer });
  return gateway;
}

describe("a read that fails", () => {
  test.each<[string, FaultAnswer]>([
    ["503", { kind: "status", status: 503 }],
    ["a proxy's 502 in HTML", { kind: "html", status: 502 }],
    ["a lost connection", { kind: "reset" }],
    ["half an answer", { kind: "reset-mid-body" }],
    ["429 for a second", { kind: "status", status: 429 }],
  ])("with %s is tried again and answered, as if nothing had been", async (_, fault) => {
    await using gateway = await startFailing(fault, 1);
    expect((await gateway.query(QUERY)).body).toEqual({ data: { campaign: { status: "DRAFT" } } });
    expect(wire(gateway)).toEqual([READ, READ]);
  });

  test("by taking too long is tried again", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startFailing({ kind: "black-hole" }, 1, { clock });
    const answer = gateway.query(QUERY);
    await until(() => wire(gateway).length === 1);
    clock.advance(4_000);
    await until(() => clock.sleeps.length === 1);
    clock.advance(100);
    expect((await answer).body.data.campaign).toEqual({ status: "DRAFT" });
    expect(wire(gateway)).toEqual([READ, READ]);
  });

  test("with a 503 that says when to come back is tried again then, and not before", async () => {
    const fault: FaultAnswer = { kind: "status", status: 503, headers: { "retry-after": "2" } };
    await using gateway = await startFailing(fault, 1);
    expect((await gateway.query(QUERY)).body).toEqual({ data: { campaign: { status: "DRAFT" } } });
    expect(gateway.clock.sleeps).toEqual([2_000]);
  });

  test("with a 503 for longer than there is time is told at once, with when to ask again", async () => {
    const fault: FaultAnswer = { kind: "status", status: 503, headers: { "retry-after": "60" } };
    await using gateway = await startFailing(fault, 1);
    const { errors } = (await gateway.query(QUERY)).body;
    expect(errors[0].extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryAfterMs: 60_000 });
    expect(wire(gateway)).toEqual([READ]);
    expect(gateway.clock.sleeps).toEqual([]);
  });

  test("is tried three times and no more, after pauses that grow", async () => {
    await using gateway = await startFailing({ kind: "status", status: 503 }, 3);
    expect((await gateway.query(QUERY)).body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(wire(gateway)).toEqual([READ, READ, READ]);
    expect(gateway.clock.sleeps).toEqual([100, 300]);
  });

  test.each<[string, FaultAnswer]>([
    ["a refusal", { kind: "status", status: 400 }],
    ["a page that is not Klaviyo's", { kind: "html", status: 200 }],
    ["a wait beyond its time", { kind: "status", status: 429, headers: { "retry-after": "60" } }],
  ])("with %s is not", async (_, fault) => {
    await using gateway = await startFailing(fault, 1);
    expect((await gateway.query(QUERY)).body.errors).toHaveLength(1);
    expect(wire(gateway)).toEqual([READ]);
    expect(gateway.clock.now()).toBe(0);
  });

  test("is not tried again where there is no time left for it", async () => {
    const fault: FaultAnswer = { kind: "status", status: 503 };
    await using gateway = await startFailing(fault, 3, { env: { QUERY_DEADLINE_MS: "349" } });
    await gateway.query(QUERY);
    expect(wire(gateway)).toEqual([READ]);
  });

  test("is not tried again for somebody who has left", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startFailing({ kind: "status", status: 503 }, 3, { clock });
    const client = leavingClient(gateway, QUERY);
    await until(() => clock.sleeps.length === 1);
    client.leave();
    await until(() => gateway.logs.some(({ status }) => status === "client gone"));
    clock.advance(1_000);
    // Another request has gone all the way by then.
    await gateway.query(`{ campaignSendJob(id: "${ID}") { id } }`);
    expect(wire(gateway).filter((call) => call === READ)).toHaveLength(1);
  });
});

test("an outage is not multiplied: a tenth more calls, and three", async () => {
  const env = { KLAVIYO_BREAKER: "off" };
  await using gateway = await startFailing({ kind: "status", status: 503 }, 1_000, { env });
  for (let n = 0; n < 50; n++) await gateway.query(`{ campaign(id: "C${n}") { id } }`);
  expect(wire(gateway)).toHaveLength(50 + 3 + 5);
  // When the budget is used up, a read costs one call.
  const before = wire(gateway).length;
  for (let n = 0; n < 5; n++) await gateway.query(`{ campaign(id: "D${n}") { id } }`);
  expect(wire(gateway).length - before).toBeLessThanOrEqual(6);
});

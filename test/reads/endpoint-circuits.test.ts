import { describe, expect, test } from "@jest/globals";
import type { Fault } from "../../src/simulator/simulator.js";
import { cancelPayload, ID, PATCH, READ, wire } from "../support/cancel.js";
import { ONE_ATTEMPT, startGateway, type TestGateway } from "../support/gateway.js";

const PAGE = `{ campaigns(channel: EMAIL) { nodes { id } } }`;

function startSending(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const campaigns = [{ id: ID, status: "Sending", settleAfterMs: 800 }];
  return startGateway({ env: { ...ONE_ATTEMPT, ...env }, simulator: { campaigns } });
}

/** Ten reads of campaigns that fail: as many as it takes. */
async function failTenTimes(gateway: TestGateway, answer: Fault["answer"] = { kind: "status", status: 503 }) {
  gateway.simulator.addFault({ match: { path: "/api/campaigns/*" }, times: 10, answer });
  for (let n = 0; n < 10; n++) await gateway.query(`{ campaign(id: "C${n}") { id } }`);
  gateway.simulator.clearRequests();
}

const states = (gateway: TestGateway) =>
  gateway.logs.flatMap(({ msg, endpoints, state }) => (msg === "circuit" ? [`${endpoints} ${state}`] : []));

describe("while a group of endpoints fails", () => {
  test("reads of it are refused at once, with when to come back, and are not sent", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    const { body } = await gateway.query(`{ campaign(id: "${ID}") { id } }`);
    expect(body.errors[0].extensions).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryAfterMs: 4_000 });
    expect(wire(gateway)).toEqual([]);
    expect(states(gateway)).toEqual(["campaigns open"]);
  });

  test("others are not", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    const { body } = await gateway.query(`{ campaignSendJob(id: "${ID}") { status } }`);
    expect(body.data.campaignSendJob).toEqual({ status: "PROCESSING" });
  });

  test("a cancel passes all the same, its looks too, and what they find ends the refusals", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
    expect(wire(gateway).slice(0, 2)).toEqual([PATCH, READ]);
    expect(states(gateway)).toEqual(["campaigns open", "campaigns closed"]);
  });

  test("a cancel is asked and answered truthfully, also when it fails as well", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    gateway.simulator.addFault({ times: "always", answer: { kind: "status", status: 503 } });
    expect(await cancelPayload(gateway)).toMatchObject({
      outcome: "UNKNOWN",
      problem: { code: "UPSTREAM_UNAVAILABLE" },
    });
    expect(wire(gateway)).toContain(PATCH);
    expect(wire(gateway).length).toBeGreaterThan(2);
  });

  test("what is in the cache is given, and nothing is sent", async () => {
    await using gateway = await startSending({ KLAVIYO_CACHE: "on" });
    await gateway.query(PAGE);
    await failTenTimes(gateway);
    gateway.clock.advance(3_000);
    const { body } = await gateway.query(PAGE, {}, { "x-cache-status": "1" });
    expect(body.data.campaigns.nodes).toHaveLength(1);
    expect(body.extensions.cache).toMatchObject({ stale: 1, oldestAgeMs: 3_000 });
    expect(wire(gateway)).toEqual([]);
  });

  test("one read at a time finds out after a few seconds whether it is over", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    gateway.clock.advance(4_000);
    for (let n = 0; n < 3; n++) expect((await gateway.query(PAGE)).body.errors).toBeUndefined();
    expect(states(gateway)).toEqual(["campaigns open", "campaigns half-open", "campaigns closed"]);
    expect(wire(gateway)).toHaveLength(3);
  });

  test("a write waits, and may be the one that finds out", async () => {
    await using gateway = await startSending();
    await failTenTimes(gateway);
    gateway.simulator.addCampaign({ id: "DRAFT", status: "Draft" });
    const { body } = await gateway.query(`mutation { deleteCampaign(id: "DRAFT") { outcome } }`);
    expect(body.data.deleteCampaign).toEqual({ outcome: "DONE" });
    expect(wire(gateway)).toEqual(["DELETE /api/campaigns/DRAFT"]);
    expect(gateway.clock.now()).toBe(4_000);
  });
});

test.each<[string, Fault["answer"]]>([
  ["refusals", { kind: "status", status: 404 }],
  ["throttling", { kind: "status", status: 429, headers: { "retry-after": "60" } }],
])("%s opens no circuit: what answers so is not down", async (_, answer) => {
  await using gateway = await startSending();
  await failTenTimes(gateway, answer);
  await gateway.query(PAGE);
  expect(wire(gateway)).toHaveLength(1);
  expect(states(gateway)).toEqual([]);
});

test.each<[string, Fault["answer"]]>([
  ["connections that break", { kind: "reset" }],
  ["pages in HTML", { kind: "html", status: 403 }],
])("%s open it", async (_, answer) => {
  await using gateway = await startSending();
  await failTenTimes(gateway, answer);
  expect(states(gateway)).toEqual(["campaigns open"]);
});

test("nothing is refused with KLAVIYO_BREAKER=off", async () => {
  await using gateway = await startSending({ KLAVIYO_BREAKER: "off" });
  await failTenTimes(gateway);
  await gateway.query(PAGE);
  expect(wire(gateway)).toHaveLength(1);
});

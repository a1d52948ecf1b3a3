import { describe, expect, test } from "@jest/globals";
import { cancelPayload, ID, READ, wire } from "../support/cancel.js";
import { type GraphqlAnswer, startGateway, type TestGateway, type TestGatewayOptions } from "../support/gateway.js";
import { until } from "../support/until.js";

const ONE = `{ campaign(id: "${ID}") { name status } }`;
const PAGE = `{ campaigns(channel: EMAIL) { nodes { id name status } } }`;
const LIST_PATH = "/api/lists";
const PAGE_PATH = "GET /api/campaigns";
const RENAME = `mutation { updateCampaign(id: "${ID}", input: { name: "New" }) { outcome } }`;

function startCached(status = "Draft", options: TestGatewayOptions = {}): Promise<TestGateway> {
  const campaigns = [{ id: ID, name: "Old", status, settleAfterMs: 800 }];
  return startGateway({ ...options, simulator: { campaigns }, env: { KLAVIYO_CACHE: "on", ...options.env } });
}

/** Asks, and asks how it was answered. */
const ask = (gateway: TestGateway, query: string) => gateway.query(query, {}, { "x-cache-status": "1" });
const cacheOf = ({ body }: GraphqlAnswer) => body.extensions.cache;
const failAlways = (gateway: TestGateway, status = 503) =>
  gateway.simulator.addFault({ times: "always", answer: { kind: "status", status } });

describe("one campaign", () => {
  test("is read once for all who ask within a second, and is never given when it is older", async () => {
    await using gateway = await startCached();
    await gateway.query(ONE);
    gateway.clock.advance(1_000);
    const hit = await ask(gateway, ONE);
    expect(hit.body.data.campaign).toEqual({ name: "Old", status: "DRAFT" });
    expect(cacheOf(hit)).toEqual({ hits: 1, stale: 0, misses: 0, shared: 0, oldestAgeMs: 1_000 });
    expect(wire(gateway)).toEqual([READ]);
    gateway.clock.advance(1);
    expect(cacheOf(await ask(gateway, ONE))).toEqual({ hits: 0, stale: 0, misses: 1, shared: 0, oldestAgeMs: null });
    expect(wire(gateway)).toEqual([READ, READ]);
  });

  test("is found as soon as there is one: that there was none is not kept", async () => {
    await using gateway = await startGateway({ env: { KLAVIYO_CACHE: "on" } });
    expect((await gateway.query(ONE)).body.data.campaign).toBeNull();
    gateway.simulator.addCampaign({ id: ID, name: "Old", status: "Draft" });
    expect((await gateway.query(ONE)).body.data.campaign).not.toBeNull();
  });

  test("is read anew after an answer that could not be used", async () => {
    await using gateway = await startCached();
    gateway.simulator.addFault({ answer: { kind: "wrong-id" } });
    expect((await gateway.query(ONE)).body.errors[0].extensions.code).toBe("UPSTREAM_INVALID_RESPONSE");
    expect((await gateway.query(ONE)).body.errors).toBeUndefined();
  });
});

test("how a request was answered is told to those who ask for it alone", async () => {
  await using gateway = await startCached();
  expect((await gateway.query(ONE)).body).not.toHaveProperty("extensions");
});

test("nothing is kept with KLAVIYO_CACHE=off", async () => {
  await using gateway = await startCached("Draft", { env: { KLAVIYO_CACHE: "off" } });
  for (let n = 0; n < 2; n++) await gateway.query(ONE);
  expect(wire(gateway)).toEqual([READ, READ]);
});

describe("a page of campaigns", () => {
  test("is given at once while it is ten seconds old or less, and a newer one is fetched for the next", async () => {
    await using gateway = await startCached();
    await gateway.query(PAGE);
    gateway.clock.advance(10_000);
    gateway.simulator.addCampaign({ id: "SECOND", status: "Draft" });
    const stale = await ask(gateway, PAGE);
    expect(cacheOf(stale)).toEqual({ hits: 0, stale: 1, misses: 0, shared: 0, oldestAgeMs: 10_000 });
    expect(stale.body.data.campaigns.nodes).toHaveLength(1);
    await until(() => wire(gateway).length === 2);
    await until(() => gateway.logs.filter(({ msg }) => msg === "klaviyo").length === 2);
    const fresh = await ask(gateway, PAGE);
    expect(cacheOf(fresh)).toMatchObject({ hits: 1, oldestAgeMs: 0 });
    expect(fresh.body.data.campaigns.nodes).toHaveLength(2);
    expect(wire(gateway)).toEqual([PAGE_PATH, PAGE_PATH]);
  });

  test("is not given when it is older", async () => {
    await using gateway = await startCached();
    await gateway.query(PAGE);
    gateway.clock.advance(10_001);
    expect(cacheOf(await ask(gateway, PAGE))).toMatchObject({ stale: 0, misses: 1 });
  });

  test("stands in while Klaviyo fails, with its age, and no longer than that", async () => {
    await using gateway = await startCached();
    await gateway.query(PAGE);
    failAlways(gateway);
    for (const ageMs of [5_000, 10_000]) {
      gateway.clock.advance(5_000);
      const answer = await ask(gateway, PAGE);
      expect(answer.body.errors).toBeUndefined();
      expect(cacheOf(answer)).toMatchObject({ stale: 1, oldestAgeMs: ageMs });
    }
    gateway.clock.advance(5_000);
    expect((await ask(gateway, PAGE)).body.errors[0].extensions.code).toBe("UPSTREAM_UNAVAILABLE");
  });

  test("is not given any more once Klaviyo has refused a newer one", async () => {
    await using gateway = await startCached();
    await gateway.query(PAGE);
    gateway.clock.advance(5_000);
    failAlways(gateway, 403);
    await gateway.query(PAGE);
    await until(() => gateway.logs.filter(({ msg }) => msg === "klaviyo").length === 2);
    expect((await gateway.query(PAGE)).body.errors[0].extensions.code).toBe("FORBIDDEN");
  });
});

test("what campaigns point at is kept for longer", async () => {
  await using gateway = await startGateway({
    env: { KLAVIYO_CACHE: "on" },
    simulator: { account: { lists: [{ id: "L1", name: "Readers" }] } },
  });
  const query = `{ list(id: "L1") { name } }`;
  expect((await gateway.query(query)).body.data.list).toEqual({ name: "Readers" });
  gateway.clock.advance(30_000);
  expect(cacheOf(await ask(gateway, query))).toMatchObject({ hits: 1 });
  gateway.clock.advance(270_000);
  expect(cacheOf(await ask(gateway, query))).toMatchObject({ stale: 1, oldestAgeMs: 300_000 });
  expect(wire(gateway)[0]).toContain(LIST_PATH);
});

describe("a write", () => {
  test("lets nobody be given what was read before it", async () => {
    await using gateway = await startCached();
    await gateway.query(ONE);
    await gateway.query(PAGE);
    expect((await gateway.query(RENAME)).body.data.updateCampaign.outcome).toBe("DONE");
    expect((await gateway.query(ONE)).body.data.campaign.name).toBe("New");
    expect((await gateway.query(PAGE)).body.data.campaigns.nodes[0].name).toBe("New");
  });

  test("that may have been carried out, although nobody knows, does so as well", async () => {
    await using gateway = await startCached();
    await gateway.query(ONE);
    gateway.simulator.addFault({ match: { method: "PATCH" }, applied: true, answer: { kind: "reset" } });
    await gateway.query(RENAME);
    expect((await gateway.query(ONE)).body.data.campaign.name).toBe("New");
  });

  test("that was not sent leaves the cache as it is", async () => {
    await using gateway = await startCached();
    await gateway.query(PAGE);
    gateway.simulator.addFault({
      match: { method: "PATCH" },
      answer: { kind: "status", status: 429, headers: { "retry-after": "60" } },
    });
    expect((await gateway.query(RENAME)).body.data.updateCampaign.outcome).toBe("REFUSED");
    expect(cacheOf(await ask(gateway, PAGE))).toMatchObject({ hits: 1 });
  });

  test("is not undone by a read that was in flight and brings an old answer", async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const campaigns = [{ id: ID, name: "Old", status: "Draft" }];
    const simulator = { campaigns, sleep: () => held };
    await using gateway = await startGateway({ simulator, env: { KLAVIYO_CACHE: "on" } });
    // The answer is made, and a part of it sent, before the write.
    gateway.simulator.addFault({
      match: { method: "GET" },
      answer: { kind: "slow-body", chunkBytes: 16, everyMs: 1 },
    });
    const before = gateway.query(ONE);
    await until(() => wire(gateway).length === 1);
    await gateway.query(RENAME);
    release();
    expect((await before).body.data.campaign.name).toBe("Old");
    expect((await gateway.query(ONE)).body.data.campaign.name).toBe("New");
  });
});

test("what others read while a cancel was at work is gone when it is answered", async () => {
  await using gateway = await startCached("Sending");
  const meanwhile: Promise<GraphqlAnswer>[] = [];
  const stop = gateway.simulator.onRequest(({ method }) => {
    // The look after the PATCH: it has been accepted, and not yet carried out.
    if (method !== "GET") return;
    stop();
    meanwhile.push(gateway.query(PAGE));
  });
  expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED" });
  expect((await meanwhile[0])?.body.data.campaigns.nodes[0].status).toBe("SENDING");
  const after = await ask(gateway, PAGE);
  expect(after.body.data.campaigns.nodes[0].status).toBe("CANCELLED");
  expect(cacheOf(after)).toMatchObject({ hits: 0, stale: 0, misses: 1 });
});

test("a cancel looks at Klaviyo as often as without a cache", async () => {
  const looks: string[][] = [];
  for (const cache of ["on", "off"]) {
    await using gateway = await startCached("Sending", { env: { KLAVIYO_CACHE: cache } });
    expect(await cancelPayload(gateway)).toMatchObject({ outcome: "STOPPED", status: "CANCELLED" });
    looks.push(wire(gateway));
  }
  expect(looks[0]).toEqual(looks[1]);
  expect(looks[0]?.length).toBeGreaterThan(2);
});

test("another write looks at Klaviyo as often as without a cache", async () => {
  const looks: string[][] = [];
  for (const cache of ["on", "off"]) {
    await using gateway = await startCached("Draft", { env: { KLAVIYO_CACHE: cache } });
    // Nobody knows whether it was carried out. It was not, and so it is looked again and again.
    gateway.simulator.addFault({ match: { method: "PATCH" }, answer: { kind: "reset" } });
    await gateway.query(RENAME);
    looks.push(wire(gateway));
  }
  expect(looks[0]).toEqual(looks[1]);
  expect(looks[0]?.length).toBeGreaterThan(2);
});

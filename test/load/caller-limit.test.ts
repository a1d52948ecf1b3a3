import { describe, expect, test } from "@jest/globals";
import { callerKeyOf } from "../../src/server/caller.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { describeWithRedis, startRedis } from "../support/redis-server.js";
import { startReplicas } from "../support/replicas.js";

const CAMPAIGNS = [{ id: "SENDING", status: "Sending", cancelDelayMs: 100 }];
const READ = `{ campaign(id: "SENDING") { id } }`;
const CANCEL = `mutation Stop { cancelCampaignSend(id: "SENDING", revision: "2026-07-15", action: CANCEL) { outcome } }`;
const SECRET = "router-secret-0123456789";

function start(env: Readonly<Record<string, string>>): Promise<TestGateway> {
  return startGateway({ env: { METRICS_PORT: "0", ...env }, simulator: { campaigns: CAMPAIGNS } });
}

async function statuses(count: number, ask: () => Promise<{ readonly status: number }>): Promise<readonly number[]> {
  const answers: number[] = [];
  for (let n = 0; n < count; n++) answers.push((await ask()).status);
  return answers;
}

async function scrape({ logs }: TestGateway): Promise<string> {
  return (await fetch(String(logs.find(({ msg }) => msg === "metrics")?.["url"]))).text();
}

describe("a caller with CALLER_REQUESTS_PER_MINUTE", () => {
  test("is refused with 429 when it has used them up, told when to come back, and let in then", async () => {
    await using gateway = await start({ CALLER_REQUESTS_PER_MINUTE: "3" });
    expect(await statuses(3, () => gateway.query(READ))).toEqual([200, 200, 200]);
    gateway.simulator.clearRequests();
    const { status, headers, body } = await gateway.query(READ);
    expect([status, headers.get("retry-after")]).toEqual([429, "20"]);
    expect(body).toEqual({
      errors: [{ message: expect.any(String), extensions: { code: "TOO_MANY_REQUESTS", retryAfterMs: 20_000 } }],
    });
    expect(gateway.simulator.requests).toEqual([]);
    expect(await scrape(gateway)).toContain(`gateway_requests_limited_total{kind="other"} 1\n`);
    gateway.clock.advance(20_000);
    expect(await statuses(2, () => gateway.query(READ))).toEqual([200, 429]);
  });

  test("presses the button all the same, ten times as often, and no oftener", async () => {
    await using gateway = await start({ CALLER_REQUESTS_PER_MINUTE: "1" });
    expect(await statuses(2, () => gateway.query(READ))).toEqual([200, 429]);
    expect((await gateway.query(CANCEL)).body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    expect(await statuses(9, () => gateway.query(CANCEL))).toEqual(Array(9).fill(200));
    expect((await gateway.query(CANCEL)).body.errors[0].extensions.code).toBe("TOO_MANY_REQUESTS");
    expect(await scrape(gateway)).toContain(`gateway_requests_limited_total{kind="cancel"} 1\n`);
  });

  test("is its subject, whatever it calls itself", async () => {
    await using gateway = await start({
      CALLER_REQUESTS_PER_MINUTE: "1",
      AUTH: "router",
      AUTH_ROUTER_SECRETS: SECRET,
    });
    const ask = (subject: string, clientName: string) => {
      const identity = { "x-router-secret": SECRET, "x-caller-subject": subject, "x-caller-scopes": "campaigns:read" };
      return gateway.query(READ, {}, { ...identity, "apollographql-client-name": clientName });
    };
    expect((await ask("anna", "one")).status).toBe(200);
    expect((await ask("anna", "two")).status).toBe(429);
    expect((await ask("ben", "one")).status).toBe(200);
  });

  test("is the client's name and address, where there is no subject", async () => {
    await using gateway = await start({ CALLER_REQUESTS_PER_MINUTE: "1" });
    const ask = (name: string) => gateway.query(READ, {}, { "apollographql-client-name": name });
    expect([(await ask("one")).status, (await ask("one")).status, (await ask("two")).status]).toEqual([200, 429, 200]);
  });

  test("has no limit unless one is set, and health never has one", async () => {
    await using unlimited = await start({});
    expect(new Set(await statuses(50, () => unlimited.query("{ __typename }")))).toEqual(new Set([200]));
    await using gateway = await start({ CALLER_REQUESTS_PER_MINUTE: "1" });
    expect(await statuses(5, () => fetch(`${gateway.url}/livez`))).toEqual([200, 200, 200, 200, 200]);
  });
});

describeWithRedis("a caller at several replicas", () => {
  test("is counted at all of them together, and at each while Redis is away", async () => {
    await using redis = await startRedis();
    const env = { REDIS_URL: redis.url, CALLER_REQUESTS_PER_MINUTE: "2" };
    await using replicas = await startReplicas(2, env, { limits: "off" });
    const [one, other] = replicas.each;
    const ask = async (replica = one) => (await replica?.query("{ __typename }"))?.status;
    expect([await ask(one), await ask(other), await ask(one), await ask(other)]).toEqual([200, 200, 429, 429]);
    await redis.kill();
    expect([await ask(one), await ask(one)]).toEqual([200, 429]);
    expect([await ask(other), await ask(other)]).toEqual([200, 429]);
  });
});

test("no two callers have one key, whatever their subjects and tenants are called", () => {
  const names = ["x", "x of acme", "acme", "of", "x of", "of acme", '","', ""];
  const callers = names.flatMap((subject) => [undefined, ...names].map((tenant) => ({ subject, tenant })));
  const keys = callers.map(({ subject, tenant }) =>
    callerKeyOf({
      subject,
      ...(tenant !== undefined && { tenant }),
      address: "127.0.0.1",
      clientName: undefined,
      clientVersion: undefined,
      userAgent: undefined,
    }),
  );
  expect(new Set(keys).size).toBe(callers.length);
});

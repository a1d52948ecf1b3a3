import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { Replica, Replicas } from "../support/replicas.js";
import { startReplicas } from "../support/replicas.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";

/** Equal reads would share a call, so each reads another campaign. */
const CAMPAIGNS = Array.from({ length: 24 }, (_, n) => ({ id: `READ${n}`, status: "Draft" }));
const readOf = (n: number) => `{ campaign(id: "READ${n}") { id status } }`;

const ready = async ({ url }: Replica) => {
  const response = await fetch(`${url}/readyz`);
  return [response.status, await response.json()];
};

/** Of every answer that Klaviyo gave. */
const statusesOf = ({ each }: Replicas) =>
  each.flatMap(({ logs }) => logs.flatMap(({ msg, status }) => (msg === "klaviyo" && status ? [status] : [])));

const readsEach = ({ each }: Replicas, count: number) =>
  Promise.all(
    each.flatMap((replica, at) => Array.from({ length: count }, (_, n) => replica.query(readOf(at * count + n)))),
  );

describeWithRedis("replicas with one Redis", () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.kill());

  test("three together get what Klaviyo grants one account, and not one 429", async () => {
    await using replicas = await startReplicas(
      3,
      { REDIS_URL: redis.url },
      { campaigns: CAMPAIGNS, limits: "klaviyo" },
    );
    const answers = await readsEach(replicas, 8);
    expect(answers.map(({ body }) => body.data?.campaign?.status)).toEqual(Array(24).fill("DRAFT"));
    expect(statusesOf(replicas)).toEqual(Array(24).fill(200));
  });

  test("when Redis dies all reads are answered, within the replicas' shares, and the replicas say so", async () => {
    await using replicas = await startReplicas(
      3,
      { REDIS_URL: redis.url },
      { campaigns: CAMPAIGNS, limits: "klaviyo" },
    );
    const [first] = replicas.each;
    if (!first) throw new Error("There is none.");
    expect(await ready(first)).toEqual([200, { status: "ok", redis: "up" }]);
    await redis.kill();
    const answers = await readsEach(replicas, 6);
    expect(answers.map(({ body }) => body.data?.campaign?.status)).toEqual(Array(18).fill("DRAFT"));
    expect(statusesOf(replicas)).toEqual(Array(18).fill(200));
    expect(await ready(first)).toEqual([200, { status: "ok", redis: "degraded" }]);
    await redis.restart();
    await until(() => first.logs.filter(({ msg, state }) => msg === "redis" && state === "up").length === 2);
    expect(await ready(first)).toEqual([200, { status: "ok", redis: "up" }]);
    expect(first.logs.flatMap(({ msg, state }) => (msg === "redis" ? [state] : []))).toEqual(["up", "degraded", "up"]);
  });

  test("one that starts without Redis serves, and never logs the password it would have used", async () => {
    const url = redis.url.replace("redis://", "redis://gateway:pass%2Fword@");
    await redis.kill();
    await using replicas = await startReplicas(1, { REDIS_URL: url }, { campaigns: CAMPAIGNS, limits: "klaviyo" });
    expect((await replicas.each[0]?.query(readOf(0)))?.body.data.campaign.status).toBe("DRAFT");
    expect(replicas.each[0]?.logs.filter(({ msg }) => msg === "redis")).toMatchObject([{ state: "degraded" }]);
    expect(replicas.each[0]?.rawLogs.join("")).not.toMatch(/pass(?:%2F|\/)word/);
  });
});

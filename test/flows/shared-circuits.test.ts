import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createClient } from "@redis/client";
import { accountNameOf } from "../../src/klaviyo/account-name.js";
import { CANCEL, ID } from "../support/cancel.js";
import { API_KEY, ONE_ATTEMPT } from "../support/gateway.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { type Replica, type Replicas, startReplicas } from "../support/replicas.js";
import { until } from "../support/until.js";

describeWithRedis("circuits of two replicas", () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.kill());

  const start = () =>
    startReplicas(
      2,
      { ...ONE_ATTEMPT, REDIS_URL: redis.url },
      { campaigns: [{ id: ID, status: "Sending", settleAfterMs: 300 }], limits: "off" },
    );

  /** Ten reads of campaigns that fail: as many as it takes. */
  async function failTenTimes({ simulator }: Replicas, replica: Replica | undefined): Promise<void> {
    simulator.addFault({
      match: { path: "/api/campaigns/*" },
      times: 10,
      answer: { kind: "status", status: 503 },
    });
    for (let n = 0; n < 10; n++) await replica?.query(`{ campaign(id: "C${n}") { id } }`);
    simulator.clearRequests();
  }

  const changesAt = (replica: Replica | undefined) =>
    replica?.logs.flatMap(({ msg, endpoints, state, isHeard }) =>
      msg === "circuit" ? [`${endpoints} ${state} ${isHeard ? "heard" : "found"}`] : [],
    );
  const read = (replica: Replica | undefined) => replica?.query(`{ campaign(id: "${ID}") { id } }`);

  test("what one has found out the other need not find out: it asks nothing, and says when to come back", async () => {
    await using replicas = await start();
    const [one, other] = replicas.each;
    await failTenTimes(replicas, one);
    await until(() => changesAt(other)?.length === 1);
    expect([changesAt(one), changesAt(other)]).toEqual([["campaigns open found"], ["campaigns open heard"]]);
    expect((await read(other))?.body.errors[0].extensions).toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      retryAfterMs: expect.any(Number),
    });
    expect(replicas.simulator.requests).toEqual([]);
  });

  test("a cancel at one of them that finds Klaviyo well ends the refusals of both", async () => {
    await using replicas = await start();
    const [one, other] = replicas.each;
    await failTenTimes(replicas, one);
    await until(() => changesAt(other)?.length === 1);
    const pressed = await other?.query(CANCEL, { id: ID, revision: "2026-07-15", action: "CANCEL" });
    expect(pressed?.body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    await until(() => changesAt(one)?.length === 2);
    expect(changesAt(one)).toEqual(["campaigns open found", "campaigns closed heard"]);
    expect((await read(one))?.body.data.campaign).toEqual({ id: ID });
  });

  test("without Redis each finds out for itself", async () => {
    await using replicas = await start();
    const [one, other] = replicas.each;
    await redis.kill();
    await failTenTimes(replicas, one);
    expect(changesAt(one)).toEqual(["campaigns open found"]);
    expect((await read(other))?.body.data.campaign).toEqual({ id: ID });
    expect(changesAt(other)).toEqual([]);
  });

  test("where Redis permits no channels each finds out for itself, and limits are shared all the same", async () => {
    const admin = await createClient({ url: redis.url }).connect();
    await admin.sendCommand([
      "ACL",
      "SETUSER",
      "gateway",
      "on",
      ">secret",
      "~gateway:*",
      "resetchannels",
      "+@all",
      "-@admin",
      "-@dangerous",
    ]);
    const url = redis.url.replace("redis://", "redis://gateway:secret@");
    await using replicas = await startReplicas(
      2,
      { ...ONE_ATTEMPT, REDIS_URL: url },
      { campaigns: [{ id: ID, status: "Sending" }], limits: "off" },
    );
    const [one, other] = replicas.each;
    await failTenTimes(replicas, one);
    expect([changesAt(one), changesAt(other)]).toEqual([["campaigns open found"], []]);
    expect((await read(other))?.body.data.campaign).toEqual({ id: ID });
    for (const replica of replicas.each)
      expect(replica.logs.flatMap(({ msg, state }) => (msg === "redis" ? [state] : []))).toEqual(["up"]);
    expect(await admin.keys("gateway:*:get_campaign:calls")).toHaveLength(1);
    admin.destroy();
  });

  test("what others publish in the channel changes nothing unless it is whole", async () => {
    await using replicas = await start();
    const [one] = replicas.each;
    const ours = { from: "another", account: accountNameOf(replicas.klaviyoUrl, API_KEY), circuit: "campaigns" };
    const messages = [
      null,
      [],
      ours,
      { ...ours, news: { state: "open" } },
      { ...ours, news: { state: "ajar", forMs: 9 } },
    ];
    const client = await createClient({ url: redis.url }).connect();
    for (const text of ["", "{", ...messages.map((message) => JSON.stringify(message))])
      expect(await client.publish("gateway:circuits", text)).toBe(2);
    client.destroy();
    expect((await read(one))?.body.data.campaign).toEqual({ id: ID });
    expect(changesAt(one)).toEqual([]);
  });
});

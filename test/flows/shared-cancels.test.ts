import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { createClient } from "@redis/client";
import { accountNameOf } from "../../src/klaviyo/account-name.js";
import { CANCEL, ID, onPatch } from "../support/cancel.js";
import { API_KEY } from "../support/gateway.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { type Replica, type Replicas, startReplicas } from "../support/replicas.js";
import { until } from "../support/until.js";

const VARIABLES = { id: ID, revision: "2026-07-15", action: "CANCEL" };
/** Or ALREADY_STOPPED, when Klaviyo has carried out the other one first. */
const STOPPED = expect.stringMatching(/^(ALREADY_)?STOPPED$/);

describeWithRedis("equal cancels at two replicas at the same time", () => {
  let redis: RedisServer;
  beforeEach(async () => {
    redis = await startRedis();
  });
  afterEach(() => redis.kill());

  /** Klaviyo takes a moment to accept a cancel, so that the second one comes in meanwhile. */
  async function start(): Promise<Replicas> {
    const campaigns = [{ id: ID, status: "Sending", settleAfterMs: 100 }];
    const replicas = await startReplicas(2, { REDIS_URL: redis.url }, { campaigns, limits: "off" });
    replicas.simulator.addFault(onPatch({ kind: "delay", ms: 400 }, { times: "always" }));
    return replicas;
  }

  const press = async (replica: Replica | undefined) =>
    (await replica?.query(CANCEL, VARIABLES))?.body.data.cancelCampaignSend.outcome;
  const patchesOf = ({ simulator }: Replicas) => simulator.requests.filter(({ method }) => method === "PATCH").length;
  const audited = ({ each }: Replicas) =>
    each.map(({ logs }) => logs.flatMap(({ audit, outcome }) => (audit === "cancelCampaignSend" ? [outcome] : [])));

  test("are one PATCH; both callers learn what became of it, and each is on record", async () => {
    await using replicas = await start();
    const outcomes = await Promise.all(replicas.each.map(press));
    expect(outcomes).toEqual(["STOPPED", "STOPPED"]);
    expect(patchesOf(replicas)).toBe(1);
    expect(audited(replicas)).toEqual([["STOPPED"], ["STOPPED"]]);
  });

  test("are two when Redis dies in between: none waits for it", async () => {
    await using replicas = await start();
    const pressed = replicas.each.map(press);
    await until(() => patchesOf(replicas) === 1);
    await redis.kill();
    const outcomes = await Promise.all(pressed);
    expect(outcomes).toEqual([STOPPED, STOPPED]);
    expect(patchesOf(replicas)).toBe(2);
    expect(audited(replicas)).toEqual(outcomes.map((outcome) => [outcome]));
  });

  test("are two when Redis does not answer", async () => {
    await using replicas = await start();
    redis.freeze();
    expect(await Promise.all(replicas.each.map(press))).toEqual([STOPPED, STOPPED]);
    expect(patchesOf(replicas)).toBe(2);
  });

  test("a replica that died in the middle does not keep another from asking", async () => {
    await using replicas = await start();
    const client = createClient({ url: redis.url });
    await client.connect();
    const account = accountNameOf(replicas.klaviyoUrl, API_KEY);
    await client.set(`gateway:{${account}:cancel ${ID} CANCEL}`, "making of-a-replica-that-is-dead");
    client.destroy();
    expect(await press(replicas.each[0])).toBe("STOPPED");
    expect(patchesOf(replicas)).toBe(1);
  });
});

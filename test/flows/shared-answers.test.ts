import { expect, test } from "@jest/globals";
import { ONE_ATTEMPT } from "../support/gateway.js";
import { startHoldingProxy } from "../support/holding-proxy.js";
import { until } from "../support/until.js";
import { startReplicas, type Replicas } from "../support/replicas.js";
import { describeWithRedis, startRedis } from "../support/redis-server.js";

const ID = "01GMRWDSA0ARTAKE1SFX8JGXAY";
const READ = `{ campaign(id: "${ID}") { id status } }`;
const CANCEL = `mutation { cancelCampaignSend(id: "${ID}", revision: "2026-07-15", action: CANCEL) { outcome } }`;
const TAGS = `{ tags { nodes { name } } }`;

const callsOf = ({ simulator }: Replicas) => simulator.requests.map(({ method, path }) => `${method} ${path}`);

describeWithRedis("replicas that share what Klaviyo answered", () => {
  test("ask once for what hardly changes", async () => {
    await using redis = await startRedis();
    await using replicas = await startReplicas(3, { REDIS_URL: redis.url }, {});
    for (const replica of replicas.each)
      expect((await replica.query(TAGS)).body.data?.tags.nodes).toContainEqual({ name: "Service" });
    expect(callsOf(replicas)).toEqual(["GET /api/tags"]);
  });

  test("show nobody a campaign from before a cancel that another one has answered", async () => {
    await using redis = await startRedis();
    const campaigns = [{ id: ID, status: "Sending", settleAfterMs: 0 }];
    await using replicas = await startReplicas(2, { REDIS_URL: redis.url }, { campaigns });
    const [one, two] = replicas.each;
    expect((await two?.query(READ))?.body.data.campaign.status).toBe("SENDING");
    expect((await one?.query(CANCEL))?.body.data.cancelCampaignSend.outcome).toBe("STOPPED");
    expect((await two?.query(READ))?.body.data.campaign.status).toBe("CANCELLED");
  });

  test.each(["on", "off"])(
    "let nobody join a read from before a cancel that another one has answered, with KLAVIYO_CACHE=%s",
    async (cache) => {
      await using redis = await startRedis();
      await using klaviyo = await startHoldingProxy({
        limits: "off",
        campaigns: [{ id: ID, status: "Sending", settleAfterMs: 0 }],
      });
      const env = {
        REDIS_URL: redis.url,
        KLAVIYO_BASE_URL: klaviyo.url,
        KLAVIYO_CACHE: cache,
        KLAVIYO_LIMITS: "off",
        ...ONE_ATTEMPT,
      };
      await using replicas = await startReplicas(2, env, {});
      const [one, two] = replicas.each;
      const before = two?.query(READ);
      await until(() => klaviyo.held.length === 1);
      const cancelled = one?.query(CANCEL);
      for (let isOver = false, n = 1; !isOver; n++) {
        void cancelled?.then(() => (isOver = true));
        await until(() => isOver || klaviyo.held.length > n);
        klaviyo.held[n]?.release();
      }
      expect((await cancelled)?.body.data.cancelCampaignSend.outcome).toBe("STOPPED");
      const asked = klaviyo.held.length;
      const after = two?.query(READ);
      let isAnswered = false;
      void after?.then(() => (isAnswered = true));
      await until(() => isAnswered || klaviyo.held.length > asked);
      for (const { release } of klaviyo.held) release();
      expect((await after)?.body.data.campaign.status).toBe("CANCELLED");
      await before;
    },
  );
});

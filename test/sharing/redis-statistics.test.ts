import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { CampaignValues } from "../../src/klaviyo/campaign-values-api.js";
import { RedisStatistics } from "../../src/sharing/redis-statistics.js";
import { createConnection } from "../../src/sharing/redis-connection.js";
import { MemoryStatistics } from "../../src/statistics/memory-statistics.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";
import { WatchedLink } from "./shared-redis.js";

const ROWS = [{ campaignId: "ONE", messageId: "M", statistics: { opens: 3 } }] as unknown as readonly CampaignValues[];

describeWithRedis("statistics that replicas share", () => {
  let redis: RedisServer;
  let links: WatchedLink[];
  let one: RedisStatistics;
  let two: RedisStatistics;
  beforeEach(async () => {
    redis = await startRedis();
    links = [new WatchedLink(redis.url), new WatchedLink(redis.url)];
    [one, two] = links.map(
      (link) => new RedisStatistics({ link, local: new MemoryStatistics(new HeldClock(false)) }),
    ) as [RedisStatistics, RedisStatistics];
    await Promise.all(links.map(({ link }) => link.start()));
  });
  afterEach(async () => {
    await Promise.all(links.map(({ link }) => link.close()));
    await redis.kill();
  });

  async function keep(ageMs: number): Promise<void> {
    await one.keep(new Map([["question ONE", { rows: ROWS, ageMs }]]));
    await links[0]?.quiet();
  }

  test("what one has had reported, the other finds, in the order of the keys, with its age", async () => {
    await keep(90_000);
    const [missing, found] = await two.find(["question TWO", "question ONE"]);
    expect(missing).toBeUndefined();
    expect(found?.rows).toEqual(ROWS);
    expect(found?.ageMs).toBeGreaterThanOrEqual(90_000);
    expect(found?.ageMs).toBeLessThan(150_000);
  });

  test("the younger of one's own and theirs is given", async () => {
    await two.keep(new Map([["question ONE", { rows: [], ageMs: 500_000 }]]));
    await links[1]?.quiet();
    await keep(1_000);
    const [found] = await two.find(["question ONE"]);
    expect(found?.rows).toEqual(ROWS);
  });

  test("what is a day old is kept for nobody", async () => {
    await keep(86_400_000);
    expect(await two.find(["question ONE"])).toEqual([undefined]);
  });

  test("what cannot be understood is not found", async () => {
    await keep(0);
    const connection = await createConnection(redis.url, () => {});
    await connection.connect();
    for (const key of await connection.keys("*")) await connection.set(key, '{"rows":1}', { PX: 1_000 });
    await connection.close();
    expect(await two.find(["question ONE"])).toEqual([undefined]);
  });

  test("without Redis everybody has their own", async () => {
    await keep(0);
    await redis.kill();
    await until(() => links.every(({ link }) => link.state === "degraded"));
    expect((await one.find(["question ONE"]))[0]?.rows).toEqual(ROWS);
    expect(await two.find(["question ONE"])).toEqual([undefined]);
  });
});

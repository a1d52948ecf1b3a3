import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import { TokenBuckets } from "../../src/resilience/token-buckets.js";
import { SharedTokenBuckets } from "../../src/sharing/shared-token-buckets.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { WatchedLink } from "./shared-redis.js";

const WINDOW_MS = 60_000;

describeWithRedis("buckets that replicas share", () => {
  let redis: RedisServer;
  let links: WatchedLink[];
  let clock: HeldClock;
  beforeEach(async () => {
    redis = await startRedis();
    links = [new WatchedLink(redis.url), new WatchedLink(redis.url)];
    clock = new HeldClock(false);
    await Promise.all(links.map(({ link }) => link.start()));
  });
  afterEach(async () => {
    await Promise.all(links.map(({ link }) => link.close()));
    await redis.kill();
  });

  function replicas(count: number): readonly SharedTokenBuckets[] {
    return links.map((link) => {
      const local = new TokenBuckets(clock, { count, windowMs: WINDOW_MS });
      return new SharedTokenBuckets({ link, local, nowMs: () => clock.now() + 1e12 });
    });
  }

  test("are what they are in memory, decision by decision, in one round trip each", async () => {
    let name = 0;
    const step = fc.tuple(fc.integer({ min: 0, max: 30_000 }), fc.constantFrom("anna", "ben"));
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 9 }),
      fc.array(step, { maxLength: 30 }),
      async (count, taken) => {
        const memory = new TokenBuckets(clock, { count, windowMs: WINDOW_MS });
        const shared = replicas(count);
        const prefix = name++;
        const asked = () => links.reduce((sum, link) => sum + link.asked, 0);
        const askedBefore = asked();
        for (const [n, [passedMs, caller]] of taken.entries()) {
          clock.advance(passedMs);
          expect(await shared[n % shared.length]?.take(`${prefix} ${caller}`)).toBe(memory.take(caller));
        }
        expect(asked() - askedBefore).toBe(taken.length);
      },
    );
    await fc.assert(property, { numRuns: 40 });
  });

  test("are forgotten when they are full again, and hold no names", async () => {
    const [one] = replicas(3);
    await one?.take("anna@example.com");
    const keys = await links[0]?.link.ask((connection) => connection.keys("*"));
    expect(keys).toEqual([expect.stringMatching(/^gateway:caller:[\w-]{43}$/)]);
    const leftMs = await links[0]?.link.ask((connection) => connection.pTTL(keys?.[0] ?? ""));
    expect(leftMs).toBeGreaterThan(0);
    expect(leftMs).toBeLessThanOrEqual(20_000);
  });

  test("are each replica's own without Redis, and know what was taken before", async () => {
    const [one, other] = replicas(3);
    await one?.take("anna");
    await one?.take("anna");
    await redis.kill();
    expect([await one?.take("anna"), await one?.take("anna")]).toEqual([0, 20_000]);
    expect(await other?.take("anna")).toBe(0);
  });
});

import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { RedisWriteRegister } from "../../src/sharing/redis-write-register.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";
import { WatchedLink } from "./shared-redis.js";

describeWithRedis("writes that several replicas are asked for", () => {
  let redis: RedisServer;
  let watched: WatchedLink;
  let clock: HeldClock;
  let register: RedisWriteRegister;
  beforeEach(async () => {
    redis = await startRedis();
    watched = new WatchedLink(redis.url);
    clock = new HeldClock(false);
    register = new RedisWriteRegister({ link: watched, clock, account: "account" });
    await watched.link.start();
  });
  afterEach(async () => {
    await watched.link.close();
    await redis.kill();
  });

  /** Somebody waits for what comes of it, and looks again after a moment. */
  async function waiting() {
    const turn = register.begin("cancel");
    await until(() => clock.pendingCount === 1);
    return {
      turn,
      look: async () => {
        await watched.quiet();
        clock.advance(40);
      },
    };
  }

  test("one makes it, and its success is that of those who wait", async () => {
    const first = await register.begin("cancel");
    const { turn, look } = await waiting();
    expect(first.isAccepted).toBe(false);
    first.end(true);
    await look();
    expect((await turn).isAccepted).toBe(true);
  });

  test("what failed is made by those who waited", async () => {
    const first = await register.begin("cancel");
    const { turn, look } = await waiting();
    first.end(false);
    await look();
    expect((await turn).isAccepted).toBe(false);
  });

  test("nobody waits longer than a second for one who died", async () => {
    await register.begin("cancel");
    const { turn } = await waiting();
    for (let looks = 0; looks < 25; looks++) {
      await watched.quiet();
      clock.advance(40);
    }
    expect((await turn).isAccepted).toBe(false);
    expect(clock.now()).toBe(1_000);
  });

  test("who comes when it was accepted already makes it anew: the campaign may be sending again", async () => {
    (await register.begin("cancel")).end(true);
    await watched.quiet();
    expect((await register.begin("cancel")).isAccepted).toBe(false);
  });

  test("other writes have nothing to do with it", async () => {
    await register.begin("cancel");
    expect((await register.begin("revert")).isAccepted).toBe(false);
    const other = new RedisWriteRegister({ link: watched, clock, account: "another" });
    expect((await other.begin("cancel")).isAccepted).toBe(false);
    expect(clock.sleeps).toEqual([]);
  });
});

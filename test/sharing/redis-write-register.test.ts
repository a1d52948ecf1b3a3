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
  let remainingMs: number;
  beforeEach(async () => {
    remainingMs = 15_000;
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
    const turn = register.begin("cancel", () => remainingMs);
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
    const first = await register.begin("cancel", () => remainingMs);
    const { turn, look } = await waiting();
    expect(first.isAccepted).toBe(false);
    first.end(true);
    await look();
    expect((await turn).isAccepted).toBe(true);
  });

  test("what failed is made by those who waited", async () => {
    const first = await register.begin("cancel", () => remainingMs);
    const { turn, look } = await waiting();
    first.end(false);
    await look();
    expect((await turn).isAccepted).toBe(false);
  });

  test.each([
    ["a second", 15_000, 1_000],
    ["half of the time that somebody is going to wait", 800, 400],
  ])("nobody waits longer than %s for one who died", async (_name, ms, longestMs) => {
    remainingMs = ms;
    await register.begin("cancel", () => remainingMs);
    const { turn } = await waiting();
    for (let looks = 0; looks < longestMs / 40; looks++) {
      await watched.quiet();
      clock.advance(40);
    }
    expect((await turn).isAccepted).toBe(false);
    expect(clock.now()).toBe(longestMs);
  });

  test("who comes when it was accepted already makes it anew: the campaign may be sending again", async () => {
    (await register.begin("cancel", () => remainingMs)).end(true);
    await watched.quiet();
    expect((await register.begin("cancel", () => remainingMs)).isAccepted).toBe(false);
  });

  test("who was told too late that it is on record as its maker still says what came of it", async () => {
    redis.freeze();
    const late = register.begin("cancel", () => remainingMs);
    await until(() => watched.clock.pendingCount === 1);
    watched.clock.advance(1);
    const turn = await late;
    expect(turn.isAccepted).toBe(false);
    turn.end(false);
    redis.resume();
    await watched.quiet();
    expect((await register.begin("cancel", () => remainingMs)).isAccepted).toBe(false);
    expect(clock.pendingCount).toBe(0);
  });

  test("other writes have nothing to do with it", async () => {
    await register.begin("cancel", () => remainingMs);
    expect((await register.begin("revert", () => remainingMs)).isAccepted).toBe(false);
    const other = new RedisWriteRegister({ link: watched, clock, account: "another" });
    expect((await other.begin("cancel", () => remainingMs)).isAccepted).toBe(false);
    expect(clock.sleeps).toEqual([]);
  });
});

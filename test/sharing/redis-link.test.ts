import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { RedisLateError, RedisLink, type RedisState, RedisUnavailableError } from "../../src/sharing/redis-link.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";

const TIMEOUT_MS = 100;
const CONNECT_LIMIT_MS = 2_000;
const SETTLING_MS = 1_000;

describeWithRedis("the way to Redis", () => {
  let redis: RedisServer;
  let clock: HeldClock;
  let link: RedisLink;
  let changes: RedisState[];
  let returns: number;
  let reasons: unknown[];
  beforeEach(async () => {
    redis = await startRedis();
    clock = new HeldClock(false);
    changes = [];
    returns = 0;
    reasons = [];
    link = new RedisLink({
      url: redis.url,
      clock,
      random: () => 1,
      timeoutMs: TIMEOUT_MS,
      onChange: (state, reason) => {
        changes.push(state);
        if (reason) reasons.push(reason);
      },
    });
    link.onReturn(async () => void returns++);
  });
  afterEach(async () => {
    redis.resume();
    await link.close();
    await redis.kill();
    expect(clock.pendingCount).toBe(0);
  });

  const ping = () => link.ask((connection) => connection.ping());
  const isDegraded = () => link.state === "degraded";

  /** Redis answers again: lets the pause before the next attempt pass, and what follows it. */
  async function returned(pauseMs: number): Promise<void> {
    const before = returns;
    clock.advance(pauseMs);
    await until(() => returns > before && clock.untilNextMs === SETTLING_MS);
    expect(isDegraded()).toBe(true);
    clock.advance(SETTLING_MS);
  }

  test("is up as soon as it has answered, and says so once", async () => {
    await link.start();
    expect([await ping(), link.state, changes]).toEqual(["PONG", "up", ["up"]]);
  });

  test("a server that is killed is given up at once, and nobody waits for it from then on", async () => {
    await link.start();
    await redis.kill();
    await until(isDegraded);
    await expect(ping()).rejects.toThrow(RedisUnavailableError);
    link.tell((connection) => connection.ping());
    expect([clock.now(), changes]).toEqual([0, ["up", "degraded"]]);
  });

  test("one that is back is believed when it has answered and all have had the time to notice it", async () => {
    await link.start();
    await redis.kill();
    await until(isDegraded);
    await redis.restart();
    await returned(100);
    expect([await ping(), changes, returns]).toEqual(["PONG", ["up", "degraded", "up"], 2]);
  });

  test("one that is late for an answer is asked again", async () => {
    await link.start();
    redis.freeze();
    const told = expect(ping()).rejects.toThrow(RedisLateError);
    clock.advance(TIMEOUT_MS);
    await told;
    redis.resume();
    expect(await ping()).toBe("PONG");
    clock.advance(10 * TIMEOUT_MS);
    await setImmediate();
    expect([link.state, changes, returns]).toEqual(["up", ["up"], 1]);
  });

  /** Asks so often at once, and lets all the answers come when nobody waits for them any more. */
  async function beLate(times = 1): Promise<void> {
    redis.freeze();
    const answers = Array.from({ length: times }, ping);
    const told = answers.map((answer) => expect(answer).rejects.toThrow(RedisLateError));
    clock.advance(TIMEOUT_MS);
    await Promise.all(told);
    redis.resume();
    // It is heard, and nothing waits for its next word any more.
    await until(() => clock.pendingCount === 0 || isDegraded());
  }

  test("one that is late time after time is given up, though it is never silent for long", async () => {
    await link.start();
    for (let round = 1; round < 5; round++) await beLate();
    expect(changes).toEqual(["up"]);
    await beLate();
    expect([clock.now(), changes]).toEqual([5 * TIMEOUT_MS, ["up", "degraded"]]);
    expect(String(reasons)).toBe("Error: Redis was late 5 times in a row.");
  });

  test("answers that are late together are late once", async () => {
    await link.start();
    await beLate(20);
    expect([await ping(), changes]).toEqual(["PONG", ["up"]]);
  });

  test("answers that are asked for before the first is known to be late are late with it", async () => {
    await link.start();
    redis.freeze();
    const first = expect(ping()).rejects.toThrow(RedisLateError);
    clock.advance(TIMEOUT_MS / 2);
    const second = expect(ping()).rejects.toThrow(RedisLateError);
    clock.advance(TIMEOUT_MS);
    await Promise.all([first, second]);
    redis.resume();
    await until(() => clock.pendingCount === 0);
    for (let round = 2; round < 5; round++) await beLate();
    expect(changes).toEqual(["up"]);
    await beLate();
    expect(changes).toEqual(["up", "degraded"]);
  });

  test("one that answers in time now and then is asked on", async () => {
    await link.start();
    for (let round = 1; round <= 12; round++) {
      await beLate();
      if (round % 4 === 0) await ping();
    }
    expect(changes).toEqual(["up"]);
  });

  test("one that is silent is given up, whether or not anybody asks, and is asked again when it answers", async () => {
    await link.start();
    redis.freeze();
    const told = expect(ping()).rejects.toThrow(RedisLateError);
    clock.advance(TIMEOUT_MS);
    await told;
    expect(changes).toEqual(["up"]);
    clock.advance(2 * TIMEOUT_MS);
    await until(isDegraded);
    await expect(ping()).rejects.toThrow(RedisUnavailableError);
    expect([clock.now(), changes]).toEqual([3 * TIMEOUT_MS, ["up", "degraded"]]);
    // The attempt to connect is answered by the machine, but not by the server.
    clock.advance(100);
    await until(() => clock.untilNextMs === CONNECT_LIMIT_MS);
    clock.advance(CONNECT_LIMIT_MS);
    await until(() => clock.untilNextMs === 200);
    redis.resume();
    await returned(200);
    expect([await ping(), changes]).toEqual(["PONG", ["up", "degraded", "up"]]);
  });

  test("without a server it starts all the same, and finds the one that comes", async () => {
    await redis.kill();
    await link.start();
    expect([link.state, changes]).toEqual(["degraded", ["degraded"]]);
    clock.advance(100);
    await until(() => clock.untilNextMs === 200);
    await redis.restart();
    await returned(200);
    expect([await ping(), changes]).toEqual(["PONG", ["degraded", "up"]]);
  });

  test("a server that refuses what it is asked is as good as none", async () => {
    await link.start();
    await expect(link.ask((connection) => connection.sendCommand(["NONSENSE"]))).rejects.toThrow(RedisUnavailableError);
    expect(link.state).toBe("degraded");
  });
});

import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { createClient } from "@redis/client";
import type { Claim, Decision, Slot } from "../../src/resilience/call-ledger.js";
import { systemClock } from "../../src/resilience/clock.js";
import { LaneScheduler } from "../../src/resilience/lane-scheduler.js";
import { RedisLedger } from "../../src/sharing/redis-ledger.js";
import { RedisLateError } from "../../src/sharing/redis-link.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { WatchedLink } from "./shared-redis.js";

const LEASE_MS = 5_000;
const ENDPOINT = { name: "account:get_list", tier: { perSecond: 2, perMinute: 9 }, criticalShare: 0 };
const COSTLY = { name: "account:get_list:profile_count", tier: { perSecond: 1, perMinute: 5 }, criticalShare: 0 };
const CLAIM: Claim = { quotas: [ENDPOINT], isCritical: false };
const COSTLY_CLAIM: Claim = { quotas: [ENDPOINT, COSTLY], isCritical: true };

describeWithRedis("what crosses the wire to Redis", () => {
  let redis: RedisServer;
  let watched: WatchedLink;
  const admin = { client: createClient() };
  beforeAll(async () => {
    redis = await startRedis();
    watched = new WatchedLink(redis.url);
    await watched.link.start();
    admin.client = createClient({ url: redis.url });
    await admin.client.connect();
  });
  beforeEach(async () => {
    await admin.client.flushAll();
    await admin.client.scriptFlush();
  });
  afterAll(async () => {
    admin.client.destroy();
    watched.link.close();
    await redis.kill();
  });

  /** What clients have asked of the server, by command; what scripts do inside is not among it. */
  async function commandsDuring(work: () => Promise<unknown>): Promise<string[]> {
    const seen: string[] = [];
    const monitor = admin.client.duplicate();
    await monitor.connect();
    await monitor.monitor((line) => void seen.push(String(line)));
    await work();
    await watched.quiet();
    await admin.client.echo("over");
    while (!seen.some((line) => line.includes(`"over"`))) await new Promise(setImmediate);
    monitor.destroy();
    return seen.flatMap((line) => (/ lua\] /.test(line) ? [] : (/\] "(\w+)"/.exec(line)?.[1] ?? []))).slice(0, -1);
  }

  const granted = (decisions: readonly Decision[]): Slot[] =>
    decisions.flatMap((decision) => (decision.kind === "granted" ? [decision.slot] : []));

  test("one round trip for a decision about many, one message for the end of each call", async () => {
    const ledger = watched.ledger(new HeldClock(false));
    const slots = granted(await ledger.decide([CLAIM]));
    const deciding = () =>
      ledger.decide(Array<Claim>(200).fill(COSTLY_CLAIM)).then((made) => slots.push(...granted(made)));
    expect(await commandsDuring(deciding)).toEqual(["EVALSHA"]);
    expect(slots).toHaveLength(2);
    // The first of its kind: the server does not know the script yet.
    const settling = async () => slots[0]?.settle({ remaining: 3, resetMs: 1_000 });
    expect(await commandsDuring(settling)).toEqual(["EVALSHA", "EVAL"]);
    expect(await commandsDuring(async () => slots[1]?.cancel())).toEqual(["EVALSHA"]);
  });

  test("a server whose scripts were flushed is told them again", async () => {
    const ledger = watched.ledger(new HeldClock(false));
    await ledger.decide([CLAIM]);
    await admin.client.scriptFlush();
    expect(await commandsDuring(() => ledger.decide([CLAIM]))).toEqual(["EVALSHA", "EVAL"]);
    expect(watched.link.state).toBe("up");
  });

  test("a decision that is late is not sent again: its calls have been taken back already", async () => {
    const ledger = watched.ledger(new HeldClock(false));
    // The script that takes calls back is known, the one that decides is not: a server that was started anew was told the first one alone.
    ledger.adopt(CLAIM).cancel();
    await watched.quiet();
    redis.freeze();
    const late = expect(ledger.decide([CLAIM])).rejects.toThrow(RedisLateError);
    watched.clock.advance(1);
    await late;
    redis.resume();
    await watched.quiet();
    expect(granted(await ledger.decide([CLAIM, CLAIM]))).toHaveLength(2);
  });

  test("all keys of an endpoint are on one node of a cluster, and none stays for ever", async () => {
    const ledger = watched.ledger(new HeldClock(false));
    const [slot] = granted(await ledger.decide([COSTLY_CLAIM]));
    slot?.settle({ throttledMs: 1_000 });
    await ledger.decide([CLAIM, CLAIM, CLAIM]);
    await watched.quiet();
    const keys = await admin.client.keys("*");
    expect(keys.toSorted()).toEqual(
      ["account:get_list", "account:get_list:profile_count"].flatMap((name) =>
        ["calls", "critical", ...(name === COSTLY.name ? ["state"] : [])].map(
          (part) => `gateway:{account:get_list}:${name}:${part}`,
        ),
      ),
    );
    for (const key of keys) {
      const expiryMs = await admin.client.pTTL(key);
      expect(expiryMs).toBeGreaterThan(60_000);
      expect(expiryMs).toBeLessThanOrEqual(60_000 + 2 * LEASE_MS);
    }
  });

  test("the calls of a replica that was killed come free by themselves: a window after they must have ended", async () => {
    const clock = new HeldClock(false);
    const killed = watched.ledger(clock, LEASE_MS);
    expect(granted(await killed.decide([CLAIM, CLAIM]))).toHaveLength(2);
    const other = watched.ledger(clock, LEASE_MS);
    clock.advance(LEASE_MS + 999);
    expect(await other.decide([CLAIM])).toEqual([{ kind: "wait", waitMs: 1 }]);
    clock.advance(1);
    expect(granted(await other.decide([CLAIM]))).toHaveLength(1);
  });

  test("a critical call that waits at one replica has the next room, and keeps it no longer than it needs", async () => {
    const clock = new HeldClock(false);
    const [a, b] = [watched.ledger(clock, LEASE_MS), watched.ledger(clock, LEASE_MS)];
    for (const slot of granted(await a.decide([CLAIM, CLAIM]))) slot.settle({});
    expect(await b.decide([{ ...CLAIM, isCritical: true }])).toEqual([{ kind: "wait", waitMs: 1_000 }]);
    clock.advance(1_000);
    const [first, second] = await a.decide([CLAIM, CLAIM]);
    expect([first?.kind, second?.kind]).toEqual(["granted", "wait"]);
    clock.advance(50);
    expect(granted(await a.decide([CLAIM]))).toHaveLength(1);
  });

  test.each([
    ["is refused, for it cannot wait so long,", 999, () => {}],
    ["leaves", 1_000, (leaver: AbortController) => leaver.abort(new Error("gone"))],
  ])("a critical call that %s gives back the room that is kept for it", async (_, remainingMs, go) => {
    const clock = new HeldClock(false);
    const [a, b] = [watched.ledger(clock, LEASE_MS), watched.ledger(clock, LEASE_MS)];
    for (const slot of granted(await a.decide([CLAIM, CLAIM]))) slot.settle({});
    const leaver = new AbortController();
    const request = { claim: { ...CLAIM, isCritical: true }, lane: "critical", caller: "", remainingMs } as const;
    const refused = new LaneScheduler(clock, b).admit({ ...request, signal: leaver.signal });
    const told = expect(refused).rejects.toThrow(/No room|gone/);
    await watched.quiet();
    go(leaver);
    await told;
    await watched.quiet();
    clock.advance(1_000);
    expect(granted(await a.decide([CLAIM, CLAIM]))).toHaveLength(2);
  });

  test("without a clock of the test's own it is Redis's time that counts, the same for all", async () => {
    const ledger = new RedisLedger({ link: watched, clock: systemClock, leaseMs: LEASE_MS });
    const before = Date.now();
    await ledger.decide([CLAIM]);
    const [call] = await admin.client.zRangeWithScores("gateway:{account:get_list}:account:get_list:calls", 0, -1);
    // The same machine's clock, to the second.
    expect(Math.abs((call?.score ?? 0) - LEASE_MS - before)).toBeLessThan(5_000);
  });

  test("calls from before the server's clock was set back do not hold up those that come after", async () => {
    const clock = new HeldClock(false);
    clock.advance(3_600_000);
    await watched.ledger(clock).decide([CLAIM, CLAIM]);
    const setBack = new HeldClock(false);
    expect(await watched.ledger(setBack).decide([CLAIM])).toEqual([{ kind: "wait", waitMs: 1_000 }]);
    setBack.advance(1_000);
    expect(granted(await watched.ledger(setBack).decide([CLAIM]))).toHaveLength(1);
  });
});

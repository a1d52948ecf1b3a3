import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { CallLedger, Claim, Decision, Slot } from "../../src/resilience/call-ledger.js";
import { type AccountSharing, createSharing, type Sharing } from "../../src/sharing/sharing.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";

const CLAIM: Claim = {
  quotas: [{ name: "account:get_campaign", tier: { perSecond: 9, perMinute: 30 }, criticalShare: 0 }],
  isCritical: false,
};
const CRITICAL: Claim = { ...CLAIM, isCritical: true };
const SETTLING_MS = 1_000;
const NINE = Array<Claim>(9).fill(CLAIM);

describeWithRedis("three replicas whose Redis comes and goes", () => {
  let redis: RedisServer;
  let clocks: readonly HeldClock[];
  let replicas: readonly (Sharing & Pick<AccountSharing, "ledger">)[];
  beforeEach(async () => {
    redis = await startRedis();
    clocks = [1, 2, 3].map(() => new HeldClock(false));
    const options = {
      url: redis.url,
      random: () => 1,
      timeoutMs: 100,
      replicas: 3,
      callLimitMs: 4_000,
    };
    replicas = clocks.map((clock) => {
      const sharing = createSharing({ ...options, clock, nowMs: () => clock.now(), onChange: () => {} });
      return { ...sharing, ledger: sharing.of("account").ledger };
    });
    await Promise.all(replicas.map(({ start }) => start()));
  });
  afterEach(async () => {
    await Promise.all(replicas.map(({ close }) => close()));
    await redis.kill();
  });

  const areAll = (state: string) => () => replicas.every((replica) => replica.state() === state);
  const granted = (decisions: readonly Decision[]): Slot[] =>
    decisions.flatMap((decision) => (decision.kind === "granted" ? [decision.slot] : []));
  const askedOf = async (ledger: CallLedger | undefined, claims = NINE) =>
    granted((await ledger?.decide(claims)) ?? []);

  /** For all replicas alike. */
  function pass(ms: number): void {
    for (const clock of clocks) clock.advance(ms);
  }

  /** Nothing is on its way to Redis: no time limit runs, besides so many other timers of each replica. */
  const hasArrived = (others: number) => () => clocks.every(({ pendingCount }) => pendingCount === others);

  async function loseRedis(): Promise<void> {
    await redis.kill();
    await until(areAll("degraded"));
  }

  /** Starts it anew, empty, and lets the replicas find it; less than a second passes until they believe it. */
  async function regainRedis(): Promise<void> {
    await redis.restart();
    await areSettling();
    pass(SETTLING_MS);
    expect(areAll("up")()).toBe(true);
  }

  /** They have found it, and told it what they had to. */
  async function areSettling(): Promise<void> {
    pass(100);
    await until(() => clocks.every(({ untilNextMs }) => untilNextMs === SETTLING_MS));
  }

  /** What each replica lets in of nine, without so much as a turn of the event loop. */
  const alone = (claim: Claim) =>
    replicas.map(({ ledger }) => {
      const decisions = ledger.decide(Array<Claim>(9).fill(claim));
      return decisions instanceof Promise ? "late" : granted(decisions).length;
    });

  test("alone, the critical calls of each have its part at once, less what it has used already", async () => {
    expect(await askedOf(replicas[0]?.ledger, NINE.slice(0, 2))).toHaveLength(2);
    await loseRedis();
    expect(alone(CRITICAL)).toEqual([1, 3, 3]);
  });

  test("alone, the others' part has room for what is left of what all have used, a second later", async () => {
    for (const { ledger } of replicas) for (const slot of await askedOf(ledger, NINE.slice(0, 2))) slot.settle({});
    await until(hasArrived(0));
    pass(1);
    await loseRedis();
    // Each has seen that three or more were left, and does not know what the others have begun since.
    expect(alone(CLAIM)).toEqual([0, 0, 0]);
    pass(1_000);
    expect(alone(CLAIM)).toEqual([3, 3, 3]);
  });

  test("alone, none uses again what others have used of what it has seen", async () => {
    for (let second = 0; second < 3; second++) {
      for (const slot of await askedOf(replicas[0]?.ledger)) slot.settle({});
      await until(hasArrived(0));
      pass(1_000);
    }
    await askedOf(replicas[1]?.ledger, NINE.slice(0, 2));
    await askedOf(replicas[2]?.ledger, NINE.slice(0, 1));
    await loseRedis();
    pass(1_000);
    // None of 30 is left. The second has used two of them, and the third one.
    expect(alone(CLAIM)).toEqual([0, 0, 0]);
    pass(60_000);
    expect(alone(CLAIM)).toEqual([3, 1, 2]);
  });

  test("a Redis that has forgotten everything is told what each has done, with and without it", async () => {
    const slots = await askedOf(replicas[0]?.ledger, NINE.slice(0, 5));
    await loseRedis();
    for (const { ledger } of replicas) slots.push(...(await askedOf(ledger, Array<Claim>(9).fill(CRITICAL))));
    // The first had used more than its part.
    expect(slots).toHaveLength(5 + 0 + 3 + 3);
    await regainRedis();
    // They still run, all eleven of them.
    for (const { ledger } of replicas) expect(await askedOf(ledger)).toHaveLength(0);
    for (const slot of slots) slot.settle({});
    await until(hasArrived(0));
    pass(1_000);
    expect(await askedOf(replicas[2]?.ledger)).toHaveLength(9);
  });

  /** How long the second replica has to wait, as far as it can tell. */
  const waitsAtTheSecond = async () =>
    ((await replicas[1]?.ledger.decide([CLAIM, CRITICAL])) ?? []).map((one) => one.kind === "wait" && one.waitMs);

  test("a Redis that has forgotten everything is told what of Klaviyo's refusals still holds", async () => {
    const [slot] = await askedOf(replicas[0]?.ledger, [CLAIM]);
    slot?.settle({ throttledMs: 20_000 });
    await until(hasArrived(0));
    expect(await waitsAtTheSecond()).toEqual([20_000, 5_000]);
    await loseRedis();
    await regainRedis();
    expect(await waitsAtTheSecond()).toEqual([18_900, 3_900]);
    pass(4_000);
    await loseRedis();
    await regainRedis();
    expect(await waitsAtTheSecond()).toEqual([13_800, false]);
  });

  test("a refusal that came while Redis was away is known to all when it is back, for the longest term of several", async () => {
    await loseRedis();
    const slots = await askedOf(replicas[0]?.ledger, NINE.slice(0, 2));
    for (const [at, throttledMs] of [9_000, 3_000].entries()) slots[at]?.settle({ throttledMs });
    await regainRedis();
    expect(await waitsAtTheSecond()).toEqual([7_900, 3_900]);
  });

  test("what is let in while Redis comes back is known to all when it is asked again", async () => {
    await loseRedis();
    await redis.restart();
    await areSettling();
    expect(await askedOf(replicas[1]?.ledger, Array<Claim>(9).fill(CRITICAL))).toHaveLength(3);
    await until(hasArrived(1));
    pass(SETTLING_MS);
    expect(await askedOf(replicas[0]?.ledger)).toHaveLength(6);
  });

  test("alone, a replica learns from Klaviyo's answers that others have used more than their part", async () => {
    await loseRedis();
    pass(1_000);
    const [slot] = await askedOf(replicas[0]?.ledger, [CLAIM]);
    slot?.settle({ limit: 30, remaining: 5, resetMs: 20_000 });
    pass(1_000);
    // A third of what is left.
    expect(await askedOf(replicas[0]?.ledger)).toHaveLength(1);
  });

  test("while Redis is late only the critical go on alone; the others ask again, and get what is left", async () => {
    redis.freeze();
    const deciding = replicas[0]?.ledger.decide([CLAIM, { ...CLAIM, isCritical: true }, CLAIM]);
    await until(() => clocks[0]?.pendingCount === 1);
    clocks[0]?.advance(100);
    const decisions = (await deciding) ?? [];
    expect(decisions.map(({ kind }) => kind)).toEqual(["wait", "granted", "wait"]);
    redis.resume();
    expect(areAll("up")()).toBe(true);
    // What Redis let in, which nobody heard of, has been taken back; the critical one runs.
    const [again] = clocks;
    await until(() => again?.pendingCount === 0);
    expect(await askedOf(replicas[1]?.ledger)).toHaveLength(8);
  });

  test("while Redis is late the critical whose own part is used up ask again as well: there may be room", async () => {
    const critical = { ...CLAIM, isCritical: true };
    expect(await askedOf(replicas[0]?.ledger, Array<Claim>(4).fill(critical))).toHaveLength(4);
    redis.freeze();
    const deciding = replicas[0]?.ledger.decide([critical]);
    await until(() => clocks[0]?.pendingCount === 1);
    clocks[0]?.advance(100);
    expect(await deciding).toEqual([{ kind: "wait", waitMs: 25 }]);
    redis.resume();
    await until(() => clocks[0]?.pendingCount === 0);
    expect(await askedOf(replicas[0]?.ledger, [critical])).toHaveLength(1);
  });

  test("a decision that a silent Redis did not answer is made here, and what it may have let in is taken back", async () => {
    redis.freeze();
    const deciding = replicas[0]?.ledger.decide(NINE);
    await until(() => clocks[0]?.pendingCount === 1);
    clocks[0]?.advance(100);
    expect(granted((await deciding) ?? [])).toHaveLength(0);
    clocks[0]?.advance(200);
    await until(() => replicas[0]?.state() === "degraded");
    expect(await askedOf(replicas[0]?.ledger, Array<Claim>(9).fill(CRITICAL))).toHaveLength(3);
    redis.resume();
    clocks[0]?.advance(100);
    await until(() => clocks[0]?.untilNextMs === SETTLING_MS);
    clocks[0]?.advance(SETTLING_MS);
    // Nine were let in by Redis, which nobody heard of, and three by the replica.
    expect(await askedOf(replicas[1]?.ledger)).toHaveLength(6);
  });
});

import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { AnswerPlace, AnswerShelf } from "../../src/klaviyo/answer-store.js";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { systemClock } from "../../src/resilience/clock.js";
import { createConnection } from "../../src/sharing/redis-connection.js";
import { RedisAnswers } from "../../src/sharing/redis-answers.js";
import { RedisLink } from "../../src/sharing/redis-link.js";
import { HeldClock } from "../support/held-clock.js";
import { describeWithRedis, type RedisServer, startRedis } from "../support/redis-server.js";
import { until } from "../support/until.js";
import { WatchedLink } from "./shared-redis.js";

const SHELF = new AnswerShelf("account", "campaigns");
const PLACE = new AnswerPlace(SHELF, "get_campaign ONE");
const DOCUMENT = { data: { id: "ONE" } };
const ANSWER = { document: DOCUMENT, bytes: Buffer.from(JSON.stringify(DOCUMENT)), ageMs: 0 };

class Replica {
  readonly clock = new HeldClock(false);
  readonly watched: WatchedLink;
  readonly answers: RedisAnswers;

  constructor(url: string) {
    this.watched = new WatchedLink(url);
    this.answers = new RedisAnswers({ link: this.watched, local: new MemoryAnswers(this.clock, 1_000_000) });
  }

  async keep(place = PLACE, answer = ANSWER): Promise<void> {
    const { generation } = await this.answers.find(place);
    await this.answers.keep(place, generation, answer);
    await this.watched.quiet();
  }
}

describeWithRedis("answers that replicas share", () => {
  let redis: RedisServer;
  let one: Replica;
  let two: Replica;
  beforeEach(async () => {
    redis = await startRedis();
    one = new Replica(redis.url);
    two = new Replica(redis.url);
    await Promise.all([one.watched.link.start(), two.watched.link.start()]);
  });
  afterEach(async () => {
    await Promise.all([one.watched.link.close(), two.watched.link.close()]);
    await redis.kill();
  });

  /** As if something had been written to Redis by somebody else. */
  async function inRedis<T>(task: (redis: Awaited<ReturnType<typeof createConnection>>) => Promise<T>): Promise<T> {
    const connection = await createConnection(redis.url, () => {});
    await connection.connect();
    try {
      return await task(connection);
    } finally {
      await connection.close();
    }
  }

  test("what one has asked, the other finds, with an age", async () => {
    await one.keep(PLACE, { ...ANSWER, ageMs: 400 });
    const { answer } = await two.answers.find(PLACE);
    expect(answer?.document.read((document) => document)).toEqual(DOCUMENT);
    expect(answer?.ageMs).toBeGreaterThanOrEqual(400);
  });

  test.each([
    ["another account", new AnswerPlace(new AnswerShelf("other", "campaigns"), PLACE.key)],
    ["another subject", new AnswerPlace(new AnswerShelf("account", "references"), PLACE.key)],
    ["another question", new AnswerPlace(SHELF, "get_campaign TWO")],
  ] as const)("is not found by %s", async (_, place) => {
    await one.keep();
    expect((await two.answers.find(place)).answer).toBeUndefined();
  });

  test("what one forgets, nobody finds, and no read that was in flight puts it back", async () => {
    const { generation } = await one.answers.find(PLACE);
    await one.keep();
    await two.answers.forget(SHELF);
    expect((await one.answers.find(PLACE)).answer).toBeUndefined();
    await one.answers.keep(PLACE, generation, ANSWER);
    await one.watched.quiet();
    expect((await one.answers.find(PLACE)).answer).toBeUndefined();
  });

  test("to forget one subject leaves the other", async () => {
    const place = new AnswerPlace(new AnswerShelf("account", "references"), PLACE.key);
    await one.keep(place);
    await two.answers.forget(SHELF);
    expect((await two.answers.find(place)).answer).toBeDefined();
  });

  test("what is dropped is gone for both", async () => {
    await one.keep();
    const { generation } = await two.answers.find(PLACE);
    await two.answers.drop(PLACE, generation);
    await two.watched.quiet();
    expect((await one.answers.find(PLACE)).answer).toBeUndefined();
  });

  test("what is too large to be moved is not kept", async () => {
    await one.keep(PLACE, { ...ANSWER, bytes: Buffer.from(JSON.stringify(DOCUMENT).padEnd(262_145)) });
    expect((await one.answers.find(PLACE)).answer).toBeUndefined();
  });

  test("nothing stays for ever, and nothing names the key of an account", async () => {
    await one.keep();
    const left = await inRedis(async (it) => {
      const keys = (await it.keys("*")).filter((key) => key.includes("get_campaign"));
      return Promise.all(keys.map((key) => it.pTTL(key)));
    });
    expect(left).toHaveLength(1);
    expect(left[0]).toBeGreaterThan(0);
    expect(left[0]).toBeLessThanOrEqual(10_000);
  });

  test.each(["not JSON", "null", "{}", '{"document":1}', '{"sizeBytes":1}'])(
    "what cannot be understood (%s) is not found",
    async (text) => {
      await one.keep();
      await inRedis(async (it) => {
        for (const key of await it.keys("*get_campaign*")) await it.set(key, text, { PX: 5_000 });
      });
      expect((await one.answers.find(PLACE)).answer).toBeUndefined();
    },
  );

  test("while Redis is away there is a memory of one's own, and none of it is found in Redis afterwards", async () => {
    const before = await one.answers.find(PLACE);
    await redis.kill();
    await until(() => one.watched.link.state === "degraded");
    await one.keep();
    const alone = await one.answers.find(PLACE);
    expect(alone.answer?.document.read((document) => document)).toEqual(DOCUMENT);
    expect(alone.generation).toBeLessThan(0);
    expect(before.generation).toBeGreaterThan(0);
  });

  test("what was asked before Redis lost its memory does not count afterwards", async () => {
    const { generation } = await one.answers.find(PLACE);
    await redis.kill();
    await until(() => one.watched.link.state === "degraded");
    await redis.restart();
    await until(() => (one.watched.clock.advance(2_000), one.watched.link.state === "up"));
    await one.answers.keep(PLACE, generation, ANSWER);
    await one.watched.quiet();
    expect((await one.answers.find(PLACE)).answer).toBeUndefined();
  });
});

/** Names of accounts are digests. */
function shelfOf(number: number): AnswerShelf {
  return new AnswerShelf(createHash("sha256").update(String(number)).digest("hex"), "references");
}

/** Whoever connects anew while a test advances the clock is always too late. */
function inRealTime({ url }: RedisServer) {
  const link = new RedisLink({ url, clock: systemClock, random: () => 0, timeoutMs: 100, onChange: () => {} });
  return { link, answers: new RedisAnswers({ link, local: new MemoryAnswers(systemClock, 1_000_000) }) };
}

describeWithRedis("a Redis that stops answering", () => {
  test("is told what was forgotten meanwhile before it is asked anything again", async () => {
    await using redis = await startRedis();
    const two = new Replica(redis.url);
    const { link, answers: one } = inRealTime(redis);
    await Promise.all([link.start(), two.watched.link.start()]);
    await two.keep();
    redis.freeze();
    await one.forget(SHELF);
    await until(() => link.state === "degraded");
    redis.resume();
    await until(() => link.state === "up");
    expect((await two.answers.find(PLACE)).answer).toBeUndefined();
    await Promise.all([link.close(), two.watched.link.close()]);
  });

  test("is told of everything that was forgotten, with few words, however much it is", async () => {
    await using redis = await startRedis();
    const two = new Replica(redis.url);
    const { link, answers: one } = inRealTime(redis);
    await Promise.all([link.start(), two.watched.link.start()]);
    const shelves = Array.from({ length: 5_000 }, (_, number) => shelfOf(number));
    const places = shelves.map((shelf) => new AnswerPlace(shelf, PLACE.key));
    const written = [0, 1, 999, 1_000, 2_500, 4_998, 4_999].flatMap((at) => places[at] ?? []);
    for (const place of written) await two.keep(place);
    redis.freeze();
    // The first one waits for Redis, until it is given up.
    for (const shelf of shelves) await one.forget(shelf);
    await until(() => link.state === "degraded");
    redis.resume();
    await until(() => link.state === "up");
    const found = await Promise.all(written.map((place) => two.answers.find(place)));
    expect(found.flatMap(({ answer }) => answer ?? [])).toEqual([]);
    // What Redis has to remember of it is as many keys as there were words.
    const admin = await createConnection(redis.url, () => {});
    await admin.connect();
    expect(await admin.dbSize()).toBeLessThan(1_600);
    await Promise.all([admin.close(), link.close(), two.watched.link.close()]);
  });
});

import { expect, test } from "@jest/globals";
import { AnswerPlace, AnswerShelf } from "../../src/klaviyo/answer-store.js";
import { CachedReads, type Question } from "../../src/klaviyo/cached-reads.js";
import { STATE } from "../../src/klaviyo/freshness.js";
import { MemoryAnswers } from "../../src/klaviyo/memory-answers.js";
import { OPERATIONS } from "../../src/klaviyo/operations.js";
import { RedisAnswers } from "../../src/sharing/redis-answers.js";
import { HeldClock } from "../support/held-clock.js";

const SHELF = new AnswerShelf("a", "campaigns");
const OTHERS = { document: {}, bytes: Buffer.alloc(25_000, " "), ageMs: 0 };
/** As many microtasks as a read is under way, and some more. */
const MICROTASKS = 12;

/** For one campaign. */
function aQuestion(): Question<unknown> {
  return {
    operation: OPERATIONS.getCampaign,
    call: {},
    path: "ONE",
    place: new AnswerPlace(SHELF, "ONE"),
    freshness: STATE,
    lane: "interactive",
    remainingMs: 1_000,
    decode: (document) => document,
  };
}

test("an answer that is written over between being found and being read is asked for anew", async () => {
  const clock = new HeldClock(false);
  const local = new MemoryAnswers(clock, 30_000);
  // Redis is away: what is found is here, but found a moment later.
  const link = { ask: () => Promise.reject(new Error("away")), tell: () => {}, onReturn: () => () => {} };
  let asked = 0;
  const reads = new CachedReads({
    clock,
    store: new RedisAnswers({ link, local }),
    cache: "on",
    onRead: () => {},
    ask: async () => {
      asked += 1;
      return { document: { n: 1 }, bytes: Buffer.from(`{"n":1}`.padEnd(7_000)), ageMs: 0 };
    },
  });
  const question = aQuestion();
  for (let microtasks = 0; microtasks < MICROTASKS; microtasks++) {
    local.drop(question.place, 0);
    await reads.read(question);
    const before = asked;
    const writtenOver = after(microtasks, () => local.keep(new AnswerPlace(SHELF, `OTHER${microtasks}`), 0, OTHERS));
    expect(await reads.read(question)).toEqual({ n: 1 });
    await writtenOver;
    expect(asked - before).toBeLessThanOrEqual(1);
  }
});

test("where nothing is to be kept, nothing is given that another process has kept", async () => {
  const clock = new HeldClock(false);
  const store = new MemoryAnswers(clock, 1_000);
  let asked = 0;
  const readsWith = (cache: "on" | "off") =>
    new CachedReads({
      clock,
      store,
      cache,
      onRead: () => {},
      ask: async () => ({ document: (asked += 1), bytes: Buffer.from(String(asked)), ageMs: 0 }),
    });
  const [keeping, keepingNothing] = [readsWith("on"), readsWith("off")];
  const answers = [];
  for (const reads of [keeping, keeping, keepingNothing, keepingNothing]) answers.push(await reads.read(aQuestion()));
  expect(answers).toEqual([1, 1, 2, 3]);
});

async function after(microtasks: number, run: () => void): Promise<void> {
  for (let n = 0; n < microtasks; n++) await Promise.resolve();
  run();
}

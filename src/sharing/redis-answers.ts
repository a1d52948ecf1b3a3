import { isRecord } from "../json/is-record.js";
import type {
  Answer,
  AnswerPlace,
  AnswerShelf,
  AnswerStore,
  FoundAnswer,
  KeptAnswer,
} from "../klaviyo/answer-store.js";
import { KeptDocument } from "../klaviyo/kept-document.js";
import { LISTING, REFERENCE, type Subject } from "../klaviyo/freshness.js";
import { type KeptValue, readKept } from "./kept-value.js";
import { LuaScript } from "./lua-script.js";
import type { RedisConnection } from "./redis-connection.js";
import type { RedisLink } from "./redis-link.js";

export interface RedisAnswersOptions {
  readonly link: Pick<RedisLink, "ask" | "tell" | "onReturn">;
  /** Answers of this replica alone, for as long as Redis is away. */
  readonly local: AnswerStore;
}

/** What is larger stays where it was asked for: to move it would hold up everybody else's words with Redis. */
const LARGEST_BYTES = 262_144;

/** Older answers are given to nobody. */
const KEPT_MS: Readonly<Record<Subject, number>> = { campaigns: LISTING.staleMs, references: REFERENCE.staleMs };

/**
 * A generation is named by Redis's clock, in microseconds, and never comes again: not when Redis has lost its memory, nor when it has
 * thrown the name out for want of room.
 */
const NEXT = `
local function begin(key, last)
  local time = redis.call('TIME')
  local next = math.max(tonumber(time[1]) * 1000000 + tonumber(time[2]), (tonumber(last) or 0) + 1)
  redis.call('SET', key, string.format('%.0f', next), 'PX', 86400000)
  return string.format('%.0f', next)
end
`;

/** @returns the generation, and what is kept of the question in it with the milliseconds that it has left */
const FIND = new LuaScript(`${NEXT}
local generation = redis.call('GET', KEYS[1]) or begin(KEYS[1])
local key = cjson.decode(ARGV[1]).prefix .. generation
return { generation, redis.call('GET', key) or '', redis.call('PTTL', key) }
`);

const FORGET = new LuaScript(`${NEXT} return begin(KEYS[1], redis.call('GET', KEYS[1]))`);

/**
 * Answers in Redis, for all replicas. Redis's generations are positive and those of this replica alone negative, so that what is asked while
 * Redis is away never meets what is asked while it is there. What is forgotten meanwhile, Redis is told before it is believed again.
 */
export class RedisAnswers implements AnswerStore {
  readonly epoch = undefined;
  /** Which generations are over without Redis having been told, each with what tells one end from the next. */
  private readonly untold = new Map<string, symbol>();

  constructor(private readonly options: RedisAnswersOptions) {
    options.link.onReturn((redis) => this.tellForgotten(redis));
  }

  async find(place: AnswerPlace): Promise<FoundAnswer> {
    const input = { prefix: prefixOf(place) };
    try {
      const found = await this.options.link.ask(async (redis) => {
        await this.tellForgotten(redis);
        return FIND.run(redis, [generationKey(place.shelf)], input);
      });
      return decode(found, place.shelf.subject);
    } catch {
      const { generation, answer } = await this.options.local.find(place);
      return { generation: -1 - generation, answer };
    }
  }

  async keep(place: AnswerPlace, generation: number, answer: Answer): Promise<void> {
    if (generation < 0) return this.options.local.keep(place, -1 - generation, answer);
    const { bytes, ageMs } = answer;
    const keptMs = Math.floor(KEPT_MS[place.shelf.subject] - ageMs);
    if (bytes.length === 0 || bytes.length > LARGEST_BYTES || keptMs <= 0) return;
    const key = prefixOf(place) + generation;
    const text = `{"document":${bytes.toString("utf8")},"sizeBytes":${bytes.length}}`;
    this.options.link.tell((redis) => redis.set(key, text, { PX: keptMs }));
  }

  async drop(place: AnswerPlace, generation: number): Promise<void> {
    if (generation < 0) return this.options.local.drop(place, -1 - generation);
    this.options.link.tell((redis) => redis.del(prefixOf(place) + generation));
  }

  async forget(shelf: AnswerShelf): Promise<void> {
    await this.options.local.forget(shelf);
    this.untold.set(generationKey(shelf), Symbol());
    // Where that fails, Redis is told when it is back, and before it is asked anything.
    await this.options.link.ask((redis) => this.tellForgotten(redis)).catch(() => undefined);
  }

  private async tellForgotten(redis: RedisConnection): Promise<void> {
    for (const [key, end] of this.untold) {
      await FORGET.run(redis, [key], {});
      // It may have been forgotten anew meanwhile.
      if (this.untold.get(key) === end) this.untold.delete(key);
    }
  }
}

/** The form of what is kept is part of the name: versions that know another form do not meet it. */
function prefixOf({ shelf: { account, subject }, key }: AnswerPlace): string {
  return `gateway:{answers ${account}}:1:${subject}:${key}:`;
}

function generationKey({ account, subject }: AnswerShelf): string {
  return `gateway:{answers ${account}}:1:${subject}`;
}

/** What nobody of ours has written is nothing. */
function decode(found: unknown, subject: Subject): FoundAnswer {
  const [generation, text, leftMs] = Array.isArray(found) ? found : [];
  if (!Number.isSafeInteger(Number(generation))) throw new Error("Redis names no generation.");
  return { generation: Number(generation), answer: answerIn(readKept(text, leftMs, KEPT_MS[subject])) };
}

function answerIn(kept: KeptValue | undefined): KeptAnswer | undefined {
  if (!isRecord(kept?.value)) return undefined;
  const { document, sizeBytes } = kept.value;
  if (typeof document !== "object" || typeof sizeBytes !== "number") return undefined;
  return { document: new KeptDocument(document), ageMs: kept.ageMs };
}

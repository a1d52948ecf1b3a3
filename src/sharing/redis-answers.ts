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

/** A generation is one of an era of its group, so that a new era is a new generation for each account of the group. */
const SHELF = `${NEXT}
local shelf = KEYS[2] .. ':' .. (redis.call('GET', KEYS[1]) or begin(KEYS[1]))
`;

/** @returns the generation, and what is kept of the question in it with the milliseconds that it has left */
const FIND = new LuaScript(`${SHELF}
local generation = redis.call('GET', shelf) or begin(shelf)
local key = cjson.decode(ARGV[1]).prefix .. generation
return { generation, redis.call('GET', key) or '', redis.call('PTTL', key) }
`);

const FORGET = new LuaScript(`${SHELF} return begin(shelf, redis.call('GET', shelf))`);

const FORGET_GROUP = new LuaScript(`${NEXT} return begin(KEYS[1], redis.call('GET', KEYS[1]))`);

/** What is over without Redis having been told. */
interface Untold {
  readonly script: LuaScript;
  /** That of its group comes first. */
  readonly keys: readonly [group: string, ...shelf: string[]];
}

/** Where callers bring their own credentials, anybody can make up accounts. There are fewer groups than this. */
const MOST_UNTOLD = 1_000;

/**
 * Answers in Redis, for all replicas. Redis's generations are positive and those of this replica alone negative, so that what is asked while
 * Redis is away never meets what is asked while it is there. What is forgotten meanwhile, Redis is told before it is believed again.
 */
export class RedisAnswers implements AnswerStore {
  readonly epoch = undefined;
  /** By the last of its keys. */
  private readonly untold = new Map<string, Untold>();

  constructor(private readonly options: RedisAnswersOptions) {
    options.link.onReturn((redis) => this.tellForgotten(redis));
  }

  async find(place: AnswerPlace): Promise<FoundAnswer> {
    const input = { prefix: prefixOf(place) };
    try {
      const found = await this.options.link.ask(async (redis) => {
        await this.tellForgotten(redis);
        return FIND.run(redis, keysOf(place.shelf), input);
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
    if (this.untold.size >= MOST_UNTOLD) this.forgetGroups();
    const keys = keysOf(shelf);
    this.untold.set(keys[1], { script: FORGET, keys });
    // Where that fails, Redis is told when it is back, and before it is asked anything.
    await this.options.link.ask((redis) => this.tellForgotten(redis)).catch(() => undefined);
  }

  /** There is too much to remember: whole groups are forgotten instead, of which there are not so many, so that nothing is left out. */
  private forgetGroups(): void {
    const groups = new Set(Array.from(this.untold.values(), ({ keys: [group] }) => group));
    this.untold.clear();
    for (const group of groups) this.untold.set(group, { script: FORGET_GROUP, keys: [group] });
  }

  /** All at once: one after the other, many of them would take longer than anybody waits for Redis. */
  private async tellForgotten(redis: RedisConnection): Promise<void> {
    await Promise.all(Array.from(this.untold, ([name, untold]) => this.tell(redis, name, untold)));
  }

  private async tell(redis: RedisConnection, name: string, untold: Untold): Promise<void> {
    await untold.script.run(redis, untold.keys, {});
    // It may have been forgotten anew meanwhile.
    if (this.untold.get(name) === untold) this.untold.delete(name);
  }
}

/** The form of what is kept is part of the name: versions that know another form do not meet it. */
function prefixOf({ shelf, key }: AnswerPlace): string {
  return `${keysOf(shelf)[1]}:${key}:`;
}

/**
 * The names of accounts are digests, of which two digits make 256 groups of about the same size. The keys of a group have one hash tag:
 * a script can have them all, wherever they are.
 */
function keysOf({ account, subject }: AnswerShelf): readonly [group: string, shelf: string] {
  const group = `gateway:{answers ${account.slice(0, 2)}}:2`;
  return [group, `${group}:${account}:${subject}`];
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

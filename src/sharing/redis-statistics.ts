import {
  type Found,
  LONGEST_KEPT_MS,
  type ReportedCampaign,
  type StatisticsStore,
} from "../statistics/statistics-store.js";
import { type KeptValue, readKept } from "./kept-value.js";
import { LuaScript } from "./lua-script.js";
import type { RedisLink } from "./redis-link.js";

export interface RedisStatisticsOptions {
  readonly link: Pick<RedisLink, "ask" | "tell">;
  /** What this replica has asked for itself, and all that there is while Redis is away. */
  readonly local: StatisticsStore;
}

/** @returns of each key the value and the milliseconds that it has left, or an empty text and 0 */
const FIND = new LuaScript(`
local found = {}
for at, key in ipairs(KEYS) do
  found[2 * at - 1] = redis.call('GET', key) or ''
  found[2 * at] = redis.call('PTTL', key)
end
return found
`);

/** Statistics in Redis, so that replicas do not spend the few reports of a day on the same question. */
export class RedisStatistics implements StatisticsStore {
  constructor(private readonly options: RedisStatisticsOptions) {}

  async find(keys: readonly string[]): Promise<Found> {
    const own = await this.options.local.find(keys);
    const theirs = await this.findShared(keys);
    return keys.map((_, at) => younger(own[at], theirs[at]));
  }

  async keep(reported: ReadonlyMap<string, ReportedCampaign>): Promise<void> {
    await this.options.local.keep(reported);
    for (const [key, { rows, ageMs }] of reported) {
      const keptMs = Math.floor(LONGEST_KEPT_MS - ageMs);
      if (keptMs <= 0) continue;
      this.options.link.tell((redis) => redis.set(nameOf(key), JSON.stringify(rows), { PX: keptMs }));
    }
  }

  private async findShared(keys: readonly string[]): Promise<Found> {
    try {
      const found = await this.options.link.ask((redis) => FIND.run(redis, keys.map(nameOf), {}));
      if (!Array.isArray(found)) return [];
      return keys.map((_, at) => reportedIn(readKept(found[2 * at], found[2 * at + 1], LONGEST_KEPT_MS)));
    } catch {
      return [];
    }
  }
}

/** The form of what is kept is part of the name: versions that know another form do not meet it. */
function nameOf(key: string): string {
  return `gateway:{statistics}:1:${key}`;
}

function reportedIn(kept: KeptValue | undefined): ReportedCampaign | undefined {
  return Array.isArray(kept?.value) ? { rows: kept.value, ageMs: kept.ageMs } : undefined;
}

function younger(one: ReportedCampaign | undefined, other: ReportedCampaign | undefined): ReportedCampaign | undefined {
  if (!one || !other) return one ?? other;
  return other.ageMs < one.ageMs ? other : one;
}

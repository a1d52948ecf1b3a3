import { createHash } from "node:crypto";
import type { CallerAllowance } from "../resilience/caller-allowance.js";
import type { TokenBuckets } from "../resilience/token-buckets.js";
import { LuaScript } from "./lua-script.js";
import { type RedisLink, RedisUnavailableError } from "./redis-link.js";

export interface SharedTokenBucketsOptions {
  readonly link: Pick<RedisLink, "ask">;
  /** What counts while Redis is away; the shared buckets are of the same size. */
  readonly local: TokenBuckets;
  /** Instead of Redis's own clock, where a test holds the time. */
  readonly nowMs?: (() => number) | undefined;
}

/** As `TokenBuckets`, by the server's clock. What is stored from before the clock was set back is a window away at most. */
const TAKE = new LuaScript(`
local input, time = cjson.decode(ARGV[1]), redis.call('TIME')
local now = input.nowMs or time[1] * 1000 + time[2] / 1000
local stored = math.min(tonumber(redis.call('GET', KEYS[1]) or 0), now + input.windowMs)
local fullAt = math.max(now, stored) + input.windowMs / input.count
local wait = math.floor(fullAt - now - input.windowMs + 0.5)
if wait > 0 then return wait end
redis.call('SET', KEYS[1], string.format('%.3f', fullAt), 'PX', math.ceil(fullAt - now))
return 0
`);

/** One bucket for each caller at all replicas, in Redis; while it is away, one at each replica. */
export class SharedTokenBuckets implements CallerAllowance {
  constructor(private readonly options: SharedTokenBucketsOptions) {}

  async take(caller: string): Promise<number> {
    const { link, local, nowMs } = this.options;
    const key = `gateway:caller:${createHash("sha256").update(caller).digest("base64url")}`;
    try {
      const waitMs = Number(await link.ask((redis) => TAKE.run(redis, [key], { ...local.size, nowMs: nowMs?.() })));
      // What was taken there is taken here as well, so that nobody begins anew when Redis goes.
      if (waitMs === 0) local.take(caller);
      return waitMs;
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return local.take(caller);
    }
  }
}

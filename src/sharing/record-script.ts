import type { BlockTerms } from "../resilience/block-terms.js";
import { LEDGER_PRELUDE } from "./ledger-prelude.js";
import { LuaScript } from "./lua-script.js";

export interface RecordInput {
  readonly nowMs: number | undefined;
  readonly leaseMs: number;
  readonly quotas: readonly { readonly longestMs: number }[];
  readonly calls: readonly RecordedCall[];
  /** What Klaviyo said about one of the quotas, by its place from 1. */
  readonly news?: QuotaNewsInput | undefined;
}

export interface RecordedCall {
  readonly id: string;
  readonly isCritical: boolean;
  /** Places in `quotas`, from 1. */
  readonly quotas: readonly number[];
  /** `void`: it was never made. */
  readonly state: "running" | "ended" | "void";
  /** How long ago it ended. */
  readonly agoMs: number;
}

export interface QuotaNewsInput {
  readonly quota: number;
  /** Klaviyo's minute: as `QuotaNews`. */
  readonly minute?: { readonly limit: number; readonly remaining: number; readonly resetMs: number } | undefined;
  readonly block?: BlockTerms | undefined;
}

/**
 * Takes down what became of calls, and what was learnt from them. To say the same again changes nothing, so a replica that cannot
 * know what arrived before the server was lost just says all of it.
 */
export const RECORD = new LuaScript(`${LEDGER_PRELUDE}
local function write(key, call)
  if call.state == 'void' then return redis.call('ZREM', key, call.id) end
  if call.state == 'ended' then return redis.call('ZADD', key, exactly(now - call.agoMs), call.id) end
  -- One that is known keeps its lease.
  return redis.call('ZADD', key, 'NX', exactly(now + input.leaseMs), call.id)
end

for _, call in ipairs(input.calls) do
  for _, n in ipairs(call.quotas) do
    local keys = keysOf(n)
    write(keys.calls, call)
    if call.isCritical then write(keys.critical, call) end
  end
end

-- What Klaviyo says is left until the end of its minute: what we did not use of the rest, others did.
local function observe(keys, minute)
  local own = redis.call('ZCOUNT', keys.calls, after(now - 60000), '+inf')
  local foreign = math.max(0, minute.limit - minute.remaining - own)
  local untilMs = exactly(now + math.min(minute.resetMs, 60000))
  redis.call('HSET', keys.state, 'limit', minute.limit, 'foreign', foreign, 'foreignUntil', untilMs)
end

local function block(keys, block)
  local state = readState(keys)
  local untilMs = math.max(tonumber(state.blockedUntil or 0), now + block.blockMs)
  local criticalUntilMs = math.max(tonumber(state.criticalBlockedUntil or 0), now + block.criticalBlockMs)
  redis.call('HSET', keys.state, 'blockedUntil', exactly(untilMs), 'criticalBlockedUntil', exactly(criticalUntilMs))
end

if input.news then
  local keys = keysOf(input.news.quota)
  if input.news.minute then observe(keys, input.news.minute) end
  if input.news.block then block(keys, input.news.block) end
end
for n, quota in ipairs(input.quotas) do expire(keysOf(n), quota) end
return #input.calls
`);

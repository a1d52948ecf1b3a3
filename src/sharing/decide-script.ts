import { LEDGER_PRELUDE } from "./ledger-prelude.js";
import { LuaScript } from "./lua-script.js";

/** Names the scripts' inputs. A call's number is its place in `claims`, counted over all runs. */
export interface DecideInput {
  /** Instead of the server's clock, where a test holds the time. */
  readonly nowMs: number | undefined;
  readonly leaseMs: number;
  readonly replica: string;
  /** The calls are `<replica>:<first>`, `<replica>:<first + 1>` and so on. */
  readonly first: number;
  readonly quotas: readonly QuotaInput[];
  /** Equal claims that follow each other are one run. `quotas` are places in `quotas`, from 1. */
  readonly runs: readonly {
    readonly quotas: readonly number[];
    readonly isCritical: boolean;
    readonly count: number;
  }[];
}

export interface QuotaInput {
  readonly windows: readonly { readonly limit: number; readonly lengthMs: number }[];
  readonly longestMs: number;
  readonly criticalShare: number;
}

/**
 * What a claim that is granted has in the answer; one that has to wait has the milliseconds until its turn. After the claims follows what is
 * left of each window of each quota, in order.
 */
export const GRANTED = -1;

/**
 * Decides about a batch of claims as `MemoryLedger` does, in one step. Two things are particular to many replicas: a replica whose
 * critical calls have to wait says so, and the others leave them the next room; and the turns that are forecast are good faith, as
 * each replica knows only its own queue.
 */
export const DECIDE = new LuaScript(`${LEDGER_PRELUDE}
-- So long after its turn a critical call of another replica may take to come back for its room.
local GRACE_MS = 50
-- While room is kept for it, the others look again so often.
local LOOK_AGAIN_MS = 10
-- Longer than any call runs. An end beyond that was written before the server's clock was set back.
local FAR_MS = 120000

local total = 0
for _, run in ipairs(input.runs) do total = total + run.count end

local function mendClock(keys)
  for _, key in ipairs({ keys.calls, keys.critical }) do
    for _, id in ipairs(redis.call('ZRANGEBYSCORE', key, after(now + FAR_MS), '+inf')) do
      redis.call('ZADD', key, exactly(now), id)
    end
  end
end

local function countWaiting(keys, state)
  local waiting = 0
  for field, value in pairs(state) do
    if string.sub(field, 1, 8) == 'waiting:' and field ~= 'waiting:' .. input.replica then
      local count, untilMs = string.match(value, '^(%d+) ([%d.]+)$')
      if tonumber(untilMs) > now then waiting = waiting + tonumber(count) else redis.call('HDEL', keys.state, field) end
    end
  end
  return waiting
end

local function openWindow(quota, window, keys, state)
  local since = after(now - window.lengthMs)
  window.calls, window.since, window.booked = keys.calls, since, {}
  window.foreignUntil, window.foreign = tonumber(state.foreignUntil or 0), 0
  if window.lengthMs == 60000 then
    window.limit = math.max(1, math.min(window.limit, tonumber(state.limit or window.limit)))
    if window.foreignUntil > now and window.foreignUntil <= now + window.lengthMs then
      window.foreign = tonumber(state.foreign)
    end
  end
  window.used = redis.call('ZCOUNT', keys.calls, since, '+inf') + window.foreign
  window.usedByCritical = redis.call('ZCOUNT', keys.critical, since, '+inf')
  window.reserve = math.min(math.ceil(window.limit * quota.criticalShare), window.limit - 1)
end

local function open(n)
  local quota, keys = input.quotas[n], keysOf(n)
  mendClock(keys)
  for _, key in ipairs({ keys.calls, keys.critical }) do
    redis.call('ZREMRANGEBYSCORE', key, '-inf', exactly(now - quota.longestMs))
  end
  local state = readState(keys)
  quota.keys, quota.granted, quota.critical, quota.waiting = keys, {}, {}, 0
  quota.hadWaiting = state['waiting:' .. input.replica] ~= nil
  quota.othersWaiting = countWaiting(keys, state)
  quota.blockedUntil = math.min(tonumber(state.blockedUntil or 0), now + quota.longestMs)
  quota.criticalBlockedUntil = math.min(tonumber(state.criticalBlockedUntil or 0), now + quota.longestMs)
  for _, window in ipairs(quota.windows) do openWindow(quota, window, keys, state) end
end
for n = 1, #input.quotas do open(n) end

local function blockedUntil(quota, isCritical)
  return isCritical and quota.criticalBlockedUntil or quota.blockedUntil
end

local function capacityFor(window, isCritical)
  if isCritical then return window.limit end
  return window.limit - math.max(0, window.reserve - window.usedByCritical)
end

local function hasRoom(n, isCritical)
  local quota = input.quotas[n]
  if now < blockedUntil(quota, isCritical) then return false end
  for _, window in ipairs(quota.windows) do
    local kept = isCritical and 0 or quota.othersWaiting
    if window.used + kept >= capacityFor(window, isCritical) then return false end
  end
  return true
end

local function begin(n, id, isCritical)
  local quota = input.quotas[n]
  table.insert(quota.granted, id)
  if isCritical then table.insert(quota.critical, id) end
  for _, window in ipairs(quota.windows) do
    window.used = window.used + 1
    if isCritical then window.usedByCritical = window.usedByCritical + 1 end
  end
end

-- When each call that counts will cease to, in order, as far as anybody in this batch can have to wait for it.
local function expiriesOf(window)
  if window.expiries then return window.expiries end
  local most = window.used + total - math.max(1, capacityFor(window, false))
  local calls = redis.call('ZRANGEBYSCORE', window.calls, window.since, '+inf', 'WITHSCORES', 'LIMIT', 0, most)
  local expiries = {}
  for n = 2, #calls, 2 do table.insert(expiries, math.min(now, tonumber(calls[n])) + window.lengthMs) end
  for _ = 1, window.foreign do table.insert(expiries, window.foreignUntil) end
  table.sort(expiries)
  window.expiries = expiries
  return expiries
end

local function turnIn(window, isCritical)
  local ahead = window.used + #window.booked - math.max(1, capacityFor(window, isCritical))
  if ahead < 0 then return now end
  if ahead >= window.used then return window.booked[ahead - window.used + 1] end
  return expiriesOf(window)[ahead + 1] or now + window.lengthMs
end

local function book(window, endMs)
  local at = #window.booked + 1
  while at > 1 and window.booked[at - 1] > endMs do at = at - 1 end
  table.insert(window.booked, at, endMs)
end

local function forecast(run)
  local at = now
  for _, n in ipairs(run.quotas) do
    local quota = input.quotas[n]
    at = math.max(at, blockedUntil(quota, run.isCritical))
    for _, window in ipairs(quota.windows) do at = math.max(at, turnIn(window, run.isCritical)) end
  end
  -- There is room, but it is kept for a critical call of another replica.
  if at == now then at = now + LOOK_AGAIN_MS end
  for _, n in ipairs(run.quotas) do
    local quota = input.quotas[n]
    for _, window in ipairs(quota.windows) do book(window, at + window.lengthMs) end
    if run.isCritical then
      quota.waiting, quota.waitingUntil = quota.waiting + 1, math.max(quota.waitingUntil or 0, at + GRACE_MS)
    end
  end
  return math.ceil(at - now)
end

local function decide(run, id)
  for _, n in ipairs(run.quotas) do
    if not hasRoom(n, run.isCritical) then return forecast(run) end
  end
  for _, n in ipairs(run.quotas) do begin(n, id, run.isCritical) end
  return ${GRANTED}
end

local answers = {}
for _, run in ipairs(input.runs) do
  for _ = 1, run.count do
    table.insert(answers, decide(run, input.replica .. ':' .. (input.first + #answers)))
  end
end

for _, quota in ipairs(input.quotas) do
  local lease, own = exactly(now + input.leaseMs), 'waiting:' .. input.replica
  for _, id in ipairs(quota.granted) do redis.call('ZADD', quota.keys.calls, lease, id) end
  for _, id in ipairs(quota.critical) do redis.call('ZADD', quota.keys.critical, lease, id) end
  if quota.waiting > 0 then
    redis.call('HSET', quota.keys.state, own, quota.waiting .. ' ' .. exactly(quota.waitingUntil))
  elseif quota.hadWaiting then
    redis.call('HDEL', quota.keys.state, own)
  end
  expire(quota.keys, quota)
end
for _, quota in ipairs(input.quotas) do
  for _, window in ipairs(quota.windows) do table.insert(answers, math.max(0, window.limit - window.used)) end
end
return answers
`);

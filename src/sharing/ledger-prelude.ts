/**
 * What both scripts of the ledger begin with. Each quota has three keys:
 *   calls     sorted set, each call by the time of its end; for one that runs, the time by which it must have ended
 *   critical  the same, of the critical calls among them
 *   state     hash: what Klaviyo said last, and which replicas have critical calls waiting
 * A call counts in a window of length L while its end is not L ago (docs/adr/0021). A replica that dies in the middle of a call
 * leaves an end in the future: its calls come free by themselves.
 */
export const LEDGER_PRELUDE = `
local input = cjson.decode(ARGV[1])

-- The server's clock, one for all replicas; in fractions of a millisecond, for rounding down would free room too early.
local function readClock()
  if input.nowMs then return input.nowMs end
  local time = redis.call('TIME')
  return time[1] * 1000 + time[2] / 1000
end
local now = readClock()

local function exactly(ms)
  return string.format('%.3f', ms)
end

local function after(ms)
  return '(' .. exactly(ms)
end

local function keysOf(n)
  return { calls = KEYS[3 * n - 2], critical = KEYS[3 * n - 1], state = KEYS[3 * n] }
end

-- Nothing is kept longer than it can matter.
local function expire(keys, quota)
  for _, key in pairs(keys) do redis.call('PEXPIRE', key, quota.longestMs + 2 * input.leaseMs) end
end

local function readState(keys)
  local state, flat = {}, redis.call('HGETALL', keys.state)
  for n = 1, #flat, 2 do state[flat[n]] = flat[n + 1] end
  return state
end
`;

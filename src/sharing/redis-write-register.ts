import { randomUUID } from "node:crypto";
import type { Clock } from "../resilience/clock.js";
import { Deadline } from "../resilience/deadline.js";
import type { WriteRegister, WriteTurn } from "../resilience/write-register.js";
import { LuaScript } from "./lua-script.js";
import type { RedisLink } from "./redis-link.js";

export interface RedisWriteRegisterOptions {
  readonly link: Pick<RedisLink, "ask" | "tell">;
  readonly clock: Clock;
  /** Whose writes they are. */
  readonly account: string;
}

/** So long one replica waits for another's write: Klaviyo mostly answers sooner, and a replica that died never does. */
const PATIENCE_MS = 1_000;
/** Of a time that is shorter, as much is left for making the write. */
const PATIENCE_SHARE = 0.5;
const LOOK_EVERY_MS = 40;
/** What is on record is of no use to those whose patience is over. */
const RECORD_MS = PATIENCE_MS + 500;

/** @returns who makes the write already, or nothing: then it is on record as the caller's */
const BEGIN = new LuaScript(`
local input, record = cjson.decode(ARGV[1]), redis.call('GET', KEYS[1])
if record and string.sub(record, 1, 7) == 'making ' then return string.sub(record, 8) end
redis.call('SET', KEYS[1], 'making ' .. input.turn, 'PX', input.recordMs)
return ''
`);

const END = new LuaScript(`
local input = cjson.decode(ARGV[1])
if redis.call('GET', KEYS[1]) ~= 'making ' .. input.turn then return 0 end
if input.isAccepted then
  redis.call('SET', KEYS[1], 'accepted ' .. input.turn, 'PX', input.recordMs)
else
  redis.call('DEL', KEYS[1])
end
return 1
`);

/**
 * Writes under way, in Redis. Only who saw a write being made takes its success for its own: one that was accepted before somebody
 * pressed the button says nothing about what is sent since.
 */
export class RedisWriteRegister implements WriteRegister {
  constructor(private readonly options: RedisWriteRegisterOptions) {}

  async begin(write: string, remainingMs: () => number): Promise<WriteTurn> {
    const { link, account } = this.options;
    const key = `gateway:{${account}:${write}}`;
    const input = { turn: randomUUID(), recordMs: RECORD_MS };
    const end = (isAccepted: boolean) => link.tell((redis) => END.run(redis, [key], { ...input, isAccepted }));
    let isAwaited = true;
    try {
      const maker = await link.ask((redis) => BEGIN.run(redis, [key], input, () => isAwaited));
      const isOthers = typeof maker === "string" && maker !== "";
      return { isAccepted: isOthers && (await this.isAccepted(key, maker, remainingMs())), end };
    } catch {
      // Without Redis, everybody makes the write: it is the same one. Where Redis was only late it is on record all the same, and has an end.
      isAwaited = false;
      return { isAccepted: false, end };
    }
  }

  private async isAccepted(key: string, maker: string, remainingMs: number): Promise<boolean> {
    const { link, clock } = this.options;
    const patience = new Deadline(clock, Math.min(PATIENCE_MS, remainingMs * PATIENCE_SHARE));
    for (; !patience.isOver; await clock.sleep(LOOK_EVERY_MS)) {
      const record = await link.ask((redis) => redis.get(key));
      if (record !== `making ${maker}`) return record === `accepted ${maker}`;
    }
    return false;
  }
}

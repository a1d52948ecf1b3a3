import { createHash } from "node:crypto";
import type { RedisConnection } from "./redis-connection.js";

/** A script that runs on the server, where nothing comes in between its lines. It is sent once, and named by its hash from then on. */
export class LuaScript {
  private readonly hash: string;

  constructor(private readonly text: string) {
    this.hash = createHash("sha1").update(text).digest("hex");
  }

  /**
   * @param input what the script finds as JSON in its first argument
   * @param isAwaited whether it may still be sent again, which is after all that was sent meanwhile
   */
  async run(redis: RedisConnection, keys: readonly string[], input: object, isAwaited = () => true): Promise<unknown> {
    const options = { keys: [...keys], arguments: [JSON.stringify(input)] };
    try {
      return await redis.evalSha(this.hash, options);
    } catch (error) {
      // A server that was started anew, or whose scripts were flushed, does not know it.
      if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT") || !isAwaited()) throw error;
      return redis.eval(this.text, options);
    }
  }
}

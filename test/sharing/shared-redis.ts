import { setImmediate } from "node:timers/promises";
import { RedisLedger } from "../../src/sharing/redis-ledger.js";
import { RedisLink } from "../../src/sharing/redis-link.js";
import { HeldClock } from "../support/held-clock.js";

/** A way to Redis whose traffic can be counted and awaited. Its own clock stands still: nothing times out unless a test advances it. */
export class WatchedLink {
  readonly link: RedisLink;
  readonly clock = new HeldClock(false);
  /** Asked and told so far. */
  asked = 0;
  told = 0;
  private underWay = 0;

  constructor(url: string) {
    this.link = new RedisLink({ url, clock: this.clock, random: () => 0, timeoutMs: 1, onChange: () => {} });
  }

  ledger(clock: HeldClock, leaseMs = 5_000): RedisLedger {
    return new RedisLedger({ link: this, clock, leaseMs, nowMs: () => clock.now() });
  }

  ask: RedisLink["ask"] = (task) => {
    this.asked++;
    return this.link.ask((redis) => this.watched(task(redis)));
  };

  tell: RedisLink["tell"] = (task) => {
    this.told++;
    this.link.tell((redis) => this.watched(task(redis)));
  };

  onReturn: RedisLink["onReturn"] = (task) => this.link.onReturn(task);

  /** Resolves when nothing is on its way any more, and nothing follows from what has arrived. */
  async quiet(): Promise<void> {
    for (let quietTurns = 0; quietTurns < 3; quietTurns++) {
      await setImmediate();
      if (this.underWay > 0) quietTurns = -1;
    }
  }

  private async watched<T>(work: Promise<T>): Promise<T> {
    this.underWay++;
    try {
      return await work;
    } finally {
      this.underWay--;
    }
  }
}

import type { Campaign } from "../campaigns/campaign.type.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { ResourceKey } from "../klaviyo/loads-by-query.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { Clock } from "../resilience/clock.js";
import { DeadlineExceededError } from "../resilience/deadline.js";

/** How long a look may take, and how much of that it may wait for room at Klaviyo's limits. */
export type LookLimits = Required<Pick<ReadLimits, "remainingMs" | "patienceMs">>;

type Seen = Campaign | null | Error;

/** One look at one campaign, as long as it is not settled. */
interface Look {
  readonly untilMs: number;
  readonly limitMs: number;
  readonly resolve: (campaign: Campaign | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Looks that share their reads. The batch has the time of the one that has most; each look's own is up when it is up. */
export class LookBatch {
  readonly keys: ResourceKey[] = [];
  private readonly looks: Look[] = [];
  private patienceMs = 0;
  private untilMs = 0;
  private stopTimer: (() => void) | undefined;

  constructor(private readonly clock: Clock) {}

  /** What is left for its reads. */
  limits(): LookLimits {
    return { remainingMs: Math.max(0, this.untilMs - this.clock.now()), patienceMs: this.patienceMs };
  }

  add(key: ResourceKey, { remainingMs: limitMs, patienceMs }: LookLimits): Promise<Campaign | null> {
    const untilMs = this.clock.now() + limitMs;
    this.untilMs = Math.max(this.untilMs, untilMs);
    this.patienceMs = Math.max(this.patienceMs, patienceMs);
    this.keys.push(key);
    return new Promise((resolve, reject) => this.looks.push({ untilMs, limitMs, resolve, reject }));
  }

  /** @param read answers in the order of the keys */
  async send(read: () => Promise<readonly Seen[]>): Promise<void> {
    this.watch();
    try {
      const seen = await read();
      this.looks.forEach((look, place) => settle(look, seen[place] ?? null));
    } catch (error) {
      for (const { reject } of this.looks) reject(error);
    } finally {
      this.stopTimer?.();
    }
  }

  /** One timer for all: most looks are settled long before their time is up. */
  private watch(afterMs = -Infinity): void {
    let nextMs = Infinity;
    for (const { untilMs } of this.looks) if (untilMs > afterMs && untilMs < nextMs) nextMs = untilMs;
    if (nextMs < Infinity) this.stopTimer = this.clock.after(nextMs - this.clock.now(), () => this.expire(nextMs));
  }

  private expire(dueMs: number): void {
    // What has been settled stays so.
    for (const { untilMs, limitMs, reject } of this.looks)
      if (untilMs <= dueMs)
        reject(new KlaviyoError("get_campaign", { kind: "timeout" }, new DeadlineExceededError(limitMs)));
    this.watch(dueMs);
  }
}

function settle({ resolve, reject }: Look, seen: Seen): void {
  if (seen instanceof Error) reject(seen);
  else resolve(seen);
}

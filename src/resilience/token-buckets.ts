import { LRUCache } from "lru-cache";
import { atMost } from "./at-most.js";
import type { AllowanceSize, CallerAllowance } from "./caller-allowance.js";
import type { Clock } from "./clock.js";

/** So many callers are remembered. Whoever is forgotten begins with a full bucket: this is a limit, and no account. */
const REMEMBERED_CALLERS = 10_000;

/**
 * A bucket of tokens for each caller, kept as the time when it will be full again: each token that is taken makes that later by
 * what one token takes to come back, and a bucket is empty when it is a window away.
 */
export class TokenBuckets implements CallerAllowance {
  private readonly fullAtMs = new LRUCache<string, number>(atMost(REMEMBERED_CALLERS));

  constructor(
    private readonly clock: Clock,
    readonly size: AllowanceSize,
  ) {}

  take(caller: string): number {
    const { count, windowMs } = this.size;
    const now = this.clock.now();
    const fullAtMs = Math.max(now, this.fullAtMs.get(caller) ?? now) + windowMs / count;
    // To the millisecond: the sum of fractions may be a little more than the whole.
    const waitMs = Math.round(fullAtMs - now - windowMs);
    if (waitMs > 0) return waitMs;
    this.fullAtMs.set(caller, fullAtMs);
    return 0;
  }
}

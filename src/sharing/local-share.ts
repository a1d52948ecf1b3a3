import type { Claim, Quota, QuotaNews } from "../resilience/call-ledger.js";
import { windowsOf } from "../resilience/rate-windows.js";
import type { Restraint } from "../resilience/restraint.js";
import type { SeenRoom } from "./ledger-group.js";

const SECOND_MS = 1_000;
/** What Redis said is of use for so long: later the others may have used anything. */
const TELLING_MS = 3_000;

/** What one of so many replicas may use where they cannot ask each other: an equal part of everything, and at least one call. */
export class LocalShare {
  private readonly shares = new WeakMap<Claim, Claim>();

  constructor(private readonly replicas: number) {}

  /** Claims are few and asked for often, so each is divided once. */
  ofClaim(claim: Claim): Claim {
    const known = this.shares.get(claim);
    if (known) return known;
    const share = { ...claim, quotas: claim.quotas.map((quota) => this.ofQuota(quota)) };
    this.shares.set(claim, share);
    return share;
  }

  /** What is left for all is left to each in part; who has used more than its part is found out that way. */
  ofNews({ limit, remaining, ...rest }: QuotaNews): QuotaNews {
    return {
      ...rest,
      limit: limit === undefined ? undefined : this.part(limit),
      remaining: remaining === undefined ? undefined : Math.floor(remaining / this.replicas),
    };
  }

  /**
   * What keeps this replica from using, with its part, what others have used already: of each window its part of what was left, less
   * what others can have begun since that was seen. Empty where too little is known: then Klaviyo's answers say what is left.
   */
  restraintsOf({ tier }: Quota, lostAtMs: number, seen: SeenRoom | undefined): readonly Restraint[] {
    if (!seen || lostAtMs - seen.atMs > TELLING_MS) return [];
    const unseen = tier.perSecond * Math.ceil((lostAtMs - seen.atMs) / SECOND_MS);
    return windowsOf(tier).map(({ lengthMs }, at) => {
      const left = Math.max(0, (seen.left[at] ?? 0) - unseen);
      return { more: Math.floor(left / this.replicas), untilMs: lostAtMs + lengthMs };
    });
  }

  ofQuota({ tier, ...quota }: Quota): Quota {
    const { perSecond, perMinute, perDay } = tier;
    const short = { perSecond: this.part(perSecond), perMinute: this.part(perMinute) };
    return { ...quota, tier: perDay === undefined ? short : { ...short, perDay: this.part(perDay) } };
  }

  private part(limit: number): number {
    return Math.max(1, Math.floor(limit / this.replicas));
  }
}

import type { Claim, Quota, QuotaNews } from "../resilience/call-ledger.js";

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

  private ofQuota({ tier, ...quota }: Quota): Quota {
    const { perSecond, perMinute, perDay } = tier;
    const short = { perSecond: this.part(perSecond), perMinute: this.part(perMinute) };
    return { ...quota, tier: perDay === undefined ? short : { ...short, perDay: this.part(perDay) } };
  }

  private part(limit: number): number {
    return Math.max(1, Math.floor(limit / this.replicas));
  }
}

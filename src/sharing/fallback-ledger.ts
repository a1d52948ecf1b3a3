import type { CallLedger, Claim, Decision, Slot } from "../resilience/call-ledger.js";
import type { MemoryLedger } from "../resilience/memory-ledger.js";
import type { LocalShare } from "./local-share.js";
import type { RedisLedger } from "./redis-ledger.js";
import { RedisLateError, type RedisLink, RedisUnavailableError } from "./redis-link.js";

/** Redis is asked again so soon after it was late. */
const ASK_AGAIN_MS = 25;

export interface FallbackLedgerOptions {
  readonly shared: RedisLedger;
  readonly local: MemoryLedger;
  readonly share: LocalShare;
  readonly link: Pick<RedisLink, "state" | "lostAtMs">;
}

/**
 * The shared ledger while Redis answers, and this replica's share of the budget while it does not. Each of the two learns of the
 * calls that the other let in, so that none is forgotten when they take turns. While Redis is late it is asked again: replicas that
 * count alone beside others that count together would let in more than there is.
 */
export class FallbackLedger implements CallLedger {
  /** The quotas that have been restrained since Redis was lost the last time. */
  private restrained = { lostAtMs: -Infinity, names: new Set<string>() };

  constructor(private readonly options: FallbackLedgerOptions) {}

  decide(claims: readonly Claim[]): readonly Decision[] | Promise<readonly Decision[]> {
    return this.options.link.state === "up" ? this.decideTogether(claims) : this.decideAlone(claims);
  }

  giveBack(claim: Claim): void {
    this.options.shared.giveBack(claim);
  }

  private async decideTogether(claims: readonly Claim[]): Promise<readonly Decision[]> {
    const { shared, local, share } = this.options;
    try {
      const decisions = await shared.decide(claims);
      return decided(claims, decisions, (claim, slot) => this.both(slot, local.record(share.ofClaim(claim))));
    } catch (error) {
      if (!(error instanceof RedisUnavailableError)) throw error;
      return error instanceof RedisLateError ? this.decideTheCritical(claims) : this.decideAlone(claims);
    }
  }

  /**
   * The others may use what there is meanwhile, so that only who cannot wait goes on without asking, and only where this replica's part has
   * room: that it has none says nothing about what Redis has.
   */
  private decideTheCritical(claims: readonly Claim[]): readonly Decision[] {
    const decided = this.decideAlone(claims.filter(({ isCritical }) => isCritical)).values();
    const later: Decision = { kind: "wait", waitMs: ASK_AGAIN_MS };
    return claims.map(({ isCritical }) => {
      const own = isCritical ? decided.next().value : undefined;
      return own?.kind === "granted" ? own : later;
    });
  }

  private decideAlone(claims: readonly Claim[]): readonly Decision[] {
    const { shared, local, share } = this.options;
    for (const claim of new Set(claims)) this.restrain(claim);
    const decisions = local.decide(claims.map((claim) => share.ofClaim(claim)));
    return decided(claims, decisions, (claim, slot) => this.both(shared.adopt(claim), slot));
  }

  /** When Redis is lost, others may have used more than their part; what they used counts until its windows are over. */
  private restrain(claim: Claim): void {
    const { shared, local, share, link } = this.options;
    const { lostAtMs } = link;
    if (lostAtMs === undefined || link.state === "up") return;
    if (this.restrained.lostAtMs !== lostAtMs) this.restrained = { lostAtMs, names: new Set() };
    for (const quota of claim.quotas) {
      if (this.restrained.names.has(quota.name)) continue;
      this.restrained.names.add(quota.name);
      local.restrain(share.ofQuota(quota), share.restraintsOf(quota, lostAtMs, shared.seenOf(claim, quota)));
    }
  }

  private both(shared: Slot, local: Slot): Slot {
    return {
      settle: (news) => {
        shared.settle(news);
        local.settle(this.options.share.ofNews(news));
      },
      cancel: () => {
        shared.cancel();
        local.cancel();
      },
    };
  }
}

function decided(
  claims: readonly Claim[],
  decisions: readonly Decision[],
  slotOf: (claim: Claim, slot: Slot) => Slot,
): readonly Decision[] {
  return decisions.map((decision, at) => {
    const claim = claims[at];
    return decision.kind === "granted" && claim ? { ...decision, slot: slotOf(claim, decision.slot) } : decision;
  });
}

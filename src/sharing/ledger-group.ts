import { blockTermsOf } from "../resilience/block-terms.js";
import type { Claim, Quota, QuotaNews } from "../resilience/call-ledger.js";
import type { Clock } from "../resilience/clock.js";
import { longestWindowMs, windowsOf } from "../resilience/rate-windows.js";
import type { DecideInput, QuotaInput } from "./decide-script.js";
import { OwnBlocks } from "./own-blocks.js";
import { OwnCalls } from "./own-calls.js";
import type { QuotaNewsInput } from "./record-script.js";

type Run = DecideInput["runs"][number];

/** What was left of a quota's windows when Redis was last asked about it. */
export interface SeenRoom {
  /** On this replica's clock: it was true then or later. */
  readonly atMs: number;
  /** Of each window, the longest last. */
  readonly left: readonly number[];
}

/** The quotas of one endpoint, which are decided about together: that is why their keys are on one node of a cluster. */
export class LedgerGroup {
  /** Three for each quota, in the order of `quotas`. */
  readonly keys: string[] = [];
  readonly quotas: QuotaInput[] = [];
  readonly calls: OwnCalls;
  readonly blocks: OwnBlocks;
  private readonly places = new Map<string, number>();
  private readonly seen = new Map<string, SeenRoom>();

  /** @param name of the endpoint and the account; what stands in braces is what a cluster looks at */
  constructor(
    private readonly name: string,
    clock: Clock,
    leaseMs: number,
  ) {
    this.blocks = new OwnBlocks(clock);
    this.calls = new OwnCalls(clock, () => leaseMs + Math.max(...this.quotas.map(({ longestMs }) => longestMs)));
  }

  /** Equal claims that follow each other are said once: in a queue, most are equal. */
  runsOf(claims: readonly Claim[]): readonly Run[] {
    const runs: Run[] = [];
    for (const [at, claim] of claims.entries()) {
      const last = runs.at(-1);
      if (last && claims[at - 1] === claim) runs[runs.length - 1] = { ...last, count: last.count + 1 };
      else runs.push({ quotas: this.placesOf(claim), isCritical: claim.isCritical, count: 1 });
    }
    return runs;
  }

  /** Takes down what is left of each window of each quota that was asked about, in order. */
  see(atMs: number, left: readonly number[]): void {
    let at = 0;
    for (const [name, place] of this.places) {
      const end = at + (this.quotas[place - 1]?.windows.length ?? 0);
      if (end <= left.length) this.seen.set(name, { atMs, left: left.slice(at, end) });
      at = end;
    }
  }

  seenOf({ name }: Quota): SeenRoom | undefined {
    return this.seen.get(name);
  }

  /** @returns the places of a claim's quotas, from 1 */
  placesOf({ quotas }: Claim): readonly number[] {
    return quotas.map((quota) => this.places.get(quota.name) ?? this.add(quota));
  }

  /**
   * What an answer says, which is kept as well as long as it has to be said again. As MemoryLedger: an answer says which quota it is
   * about only where there is one; a refusal is about the narrowest, the last.
   */
  learn({ quotas }: Claim, news: QuotaNews): QuotaNewsInput | undefined {
    const last = quotas.at(-1);
    if (!last) return undefined;
    const { limit = last.tier.perMinute, remaining, resetMs, throttledMs } = news;
    const isAboutMinute = quotas.length === 1 && remaining !== undefined && resetMs !== undefined;
    const quota = this.places.get(last.name) ?? this.add(last);
    const block = throttledMs === undefined ? undefined : blockTermsOf(last.tier, throttledMs);
    if (block) this.blocks.add(quota, block);
    return { quota, minute: isAboutMinute ? { limit, remaining, resetMs } : undefined, block };
  }

  private add({ name, tier, criticalShare }: Quota): number {
    const key = `gateway:{${this.name}}:${name}`;
    this.keys.push(`${key}:calls`, `${key}:critical`, `${key}:state`);
    const place = this.quotas.push({ windows: windowsOf(tier), longestMs: longestWindowMs(tier), criticalShare });
    this.places.set(name, place);
    return place;
  }
}

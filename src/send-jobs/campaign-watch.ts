import type { CampaignStatus } from "../campaigns/campaign-status.enum.js";
import type { Campaign } from "../campaigns/campaign.type.js";
import { failureIn, type KlaviyoFailure } from "../klaviyo/failure.js";
import { attributesQuery, mergeQueries, queryKey, type ResourceQuery } from "../klaviyo/resource-query.js";
import { isLasting, pauseAfter } from "../klaviyo/pause-after.js";
import type { Backoff } from "../resilience/backoff.js";
import type { Clock } from "../resilience/clock.js";
import type { Deadline } from "../resilience/deadline.js";
import type { ReadBack } from "./read-back.js";

/** What one look at the campaign showed. */
export type Sight =
  | { readonly kind: "campaign"; readonly campaign: Campaign; readonly status: CampaignStatus }
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly failure: KlaviyoFailure };

/** Between looks: the first changes are seen soon, and a slow one costs few calls. */
const LOOK: Backoff = { firstMs: 200, maximumMs: 1_600, factor: 2 };
/** Looks of concurrent cancels fall on the same multiples of this, so that they can share their reads. */
const GRID_MS = 100;

/** Watches one campaign while it is being stopped, and remembers the last that was seen of it. */
export class CampaignWatch {
  private query: ResourceQuery;
  private seenQuery: ResourceQuery | undefined;
  /** As last read from Klaviyo; null if it never was. */
  lastCampaign: Campaign | null = null;

  constructor(
    private readonly id: string,
    query: ResourceQuery,
    private readonly readBack: ReadBack,
    private readonly clock: Clock,
  ) {
    this.query = withStatus(query);
  }

  /** Lets every following look fetch what one more caller wants to see. */
  want(query: ResourceQuery): void {
    this.query = mergeQueries(this.query, query);
  }

  /** What was seen until now is from before the action, and no news of it. */
  forget(): void {
    this.lastCampaign = null;
  }

  hasSeen(query: ResourceQuery): boolean {
    const { seenQuery } = this;
    return seenQuery !== undefined && queryKey(mergeQueries(seenQuery, query)) === queryKey(seenQuery);
  }

  async look(within: Deadline): Promise<Sight> {
    const { query } = this;
    try {
      const campaign = await this.readBack.read(this.id, query, within.remainingMs);
      if (!campaign) return { kind: "missing" };
      const { status } = campaign;
      this.lastCampaign = campaign;
      this.seenQuery = query;
      return { kind: "campaign", campaign, status };
    } catch (error) {
      return { kind: "failed", failure: failureIn(error) };
    }
  }

  /** Looks again as long as looking fails for a reason that may pass, and there is time. */
  async lookUntilSeen(within: Deadline): Promise<Sight> {
    for (let attempt = 1; ; attempt++) {
      const sight = await this.look(within);
      if (sight.kind !== "failed" || isLasting(sight.failure)) return sight;
      const pauseMs = pauseAfter(sight.failure, LOOK, attempt, 1);
      if (pauseMs >= within.remainingMs) return sight;
      await this.clock.sleep(pauseMs);
    }
  }

  /** Waits before look number `attempt` of a series, but not (by more than the grid) beyond `within`. */
  async pause(attempt: number, lastSight: Sight | undefined, within: Deadline): Promise<void> {
    const failure = lastSight?.kind === "failed" ? lastSight.failure : undefined;
    const ms = Math.min(pauseAfter(failure, LOOK, attempt, 1), within.remainingMs);
    const now = this.clock.now();
    await this.clock.sleep(Math.ceil((now + ms) / GRID_MS) * GRID_MS - now);
  }
}

/** Whatever else is read of a campaign that is being stopped, its status is. */
export function withStatus(query: ResourceQuery): ResourceQuery {
  return mergeQueries(attributesQuery("campaign", ["status"]), query);
}

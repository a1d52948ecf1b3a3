import type { CampaignPhase } from "../campaigns/campaign-status.enum.js";
import type { Campaign } from "../campaigns/campaign.type.js";
import { failureIn, type KlaviyoFailure } from "../klaviyo/failure.js";
import { attributesQuery, mergeQueries, queryKey, type ResourceQuery } from "../klaviyo/resource-query.js";
import { isLasting, pauseAfter } from "../klaviyo/pause-after.js";
import type { Backoff } from "../resilience/backoff.js";
import type { Clock } from "../resilience/clock.js";
import type { Deadline } from "../resilience/deadline.js";
import { CampaignSendJobStatus } from "./campaign-send-job.type.js";
import type { ReadBack } from "./read-back.js";

/** What one look at the campaign showed. */
export type CampaignSight =
  | { readonly kind: "campaign"; readonly campaign: Campaign; readonly phase: CampaignPhase }
  | { readonly kind: "missing" }
  /** `isJobSeen`: its send job could be read, and is not cancelled. */
  | { readonly kind: "failed"; readonly failure: KlaviyoFailure; readonly isJobSeen?: boolean };

/** The same, or what its send job showed: the campaign could not be read, for a reason that may pass, and the job is cancelled. */
export type Sight = CampaignSight | { readonly kind: "job-cancelled"; readonly failure: KlaviyoFailure };

/** Klaviyo takes time to act: who looks at once is often told of a campaign that is still being sent. */
const FIRST_LOOK: Backoff = { firstMs: 100, maximumMs: 100, factor: 1 };
/** Between looks: the first changes are seen soon, and a slow one costs few calls. */
const LOOK: Backoff = { firstMs: 200, maximumMs: 1_600, factor: 2 };

/** Of the time of a look: the rest is left for the send job. */
const CAMPAIGNS_SHARE = 2 / 3;
/** To wait for room longer than that is to be told nothing, where there is another place to look, and a next look. */
const PATIENCE_MS = 400;

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
    /** Whether a cancelled send job is what is waited for. */
    private readonly sendJobTells: boolean,
  ) {
    this.query = withStatus(query);
  }

  /** Lets every following look fetch what one more caller wants to see. */
  want(query: ResourceQuery): void {
    this.query = mergeQueries(this.query, withStatus(query));
  }

  /** What was seen until now is from before the action, and no news of it. */
  forget(): void {
    this.lastCampaign = null;
  }

  hasSeen(query: ResourceQuery): boolean {
    const { seenQuery } = this;
    if (seenQuery === withStatus(query)) return true;
    return seenQuery !== undefined && queryKey(mergeQueries(seenQuery, query)) === queryKey(seenQuery);
  }

  /** Looks at the campaign or, where it cannot be read, at the job that sends it. */
  async look(within: Deadline): Promise<Sight> {
    if (!this.sendJobTells) return this.lookAtCampaign(within);
    const sight = await this.lookAtCampaign(within.within(within.remainingMs * CAMPAIGNS_SHARE), PATIENCE_MS);
    if (sight.kind !== "failed" || isLasting(sight.failure)) return sight;
    return this.lookAtSendJob(sight.failure, within);
  }

  async lookAtCampaign({ remainingMs }: Deadline, patienceMs = remainingMs): Promise<CampaignSight> {
    const { query } = this;
    try {
      const campaign = await this.readBack.read(this.id, query, { remainingMs, patienceMs });
      if (!campaign) return { kind: "missing" };
      const { phase } = campaign;
      this.lastCampaign = campaign;
      this.seenQuery = query;
      return { kind: "campaign", campaign, phase };
    } catch (error) {
      return { kind: "failed", failure: failureIn(error) };
    }
  }

  /** Of what a send job can say only that it is cancelled settles anything: "complete" may also be said of one that has scheduled. */
  private async lookAtSendJob(failure: KlaviyoFailure, { remainingMs }: Deadline): Promise<Sight> {
    try {
      const job = await this.readBack.readSendJob(this.id, { remainingMs, patienceMs: PATIENCE_MS });
      if (job?.status === CampaignSendJobStatus.CANCELLED) return { kind: "job-cancelled", failure };
      return { kind: "failed", failure, isJobSeen: job !== null };
    } catch (error) {
      return { kind: "failed", failure: sooner(failure, failureIn(error)) };
    }
  }

  /** Looks at the campaign again as long as that fails for a reason that may pass, and there is time. */
  async lookUntilSeen(within: Deadline): Promise<CampaignSight> {
    for (let attempt = 1; ; attempt++) {
      const sight = await this.lookAtCampaign(within);
      if (sight.kind !== "failed" || isLasting(sight.failure)) return sight;
      const pauseMs = pauseAfter(sight.failure, LOOK, attempt, 1);
      if (pauseMs >= within.remainingMs) return sight;
      await this.clock.sleep(pauseMs);
    }
  }

  /** Waits for a turn to look, the `attempt`th of a series, but not (by more than turns are apart) beyond `within`. */
  pause(attempt: number, lastSight: Sight | undefined, within: Deadline): Promise<void> {
    const ms = pauseAfter(obstacleIn(lastSight), attempt === 1 ? FIRST_LOOK : LOOK, attempt, 1);
    return this.readBack.turns.next(Math.min(ms, within.remainingMs));
  }
}

/** What has to pass before the next look. Where the send job can be read, there is no need to wait until campaigns can be. */
function obstacleIn(sight: Sight | undefined): KlaviyoFailure | undefined {
  return sight?.kind === "failed" && !sight.isJobSeen ? sight.failure : undefined;
}

/** Of two places where there is no room, the one that has some first says when to look again. */
function sooner(first: KlaviyoFailure, second: KlaviyoFailure): KlaviyoFailure {
  if (first.kind !== "held-back" || second.kind !== "held-back") return first;
  return second.retryAfterMs < first.retryAfterMs ? second : first;
}

/** Whatever else is read of a campaign that is being stopped, its status is. One query for one plan: equal looks are told at a glance. */
export function withStatus(query: ResourceQuery): ResourceQuery {
  const known = WITH_STATUS.get(query);
  if (known) return known;
  const merged = mergeQueries(attributesQuery("campaign", ["status"]), query);
  WITH_STATUS.set(query, merged);
  return merged;
}

const WITH_STATUS = new WeakMap<ResourceQuery, ResourceQuery>();

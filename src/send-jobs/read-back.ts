import type { Campaign } from "../campaigns/campaign.type.js";
import { readCampaignViews } from "../campaigns/read-campaign-views.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { readKeys } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { getCampaignSendJob } from "../klaviyo/send-jobs-api.js";
import type { Clock } from "../resilience/clock.js";
import { CampaignSendJob } from "./campaign-send-job.type.js";
import { LookBatch, type LookLimits } from "./look-batch.js";
import { LookTurns } from "./look-turns.js";

/**
 * Reads campaigns for cancels, of which there may be many at once when something went wrong. Reads that fall into the same turn of
 * the event loop are one batch, whoever asked; nothing is kept, for a cancel waits for the status to change.
 *
 * It has no caller's signal: a client that leaves does not end the read-back of a cancel.
 */
export class ReadBack {
  /** When to read what may not have changed yet. */
  readonly turns: LookTurns;
  private batch: LookBatch | undefined;

  constructor(
    private readonly client: KlaviyoClient,
    private readonly clock: Clock,
  ) {
    this.turns = new LookTurns(clock);
  }

  /** @returns null when Klaviyo has no such campaign. @throws KlaviyoError, after `remainingMs` at the latest */
  read(id: string, query: ResourceQuery, limits: LookLimits): Promise<Campaign | null> {
    this.batch ??= this.beginBatch();
    return this.batch.add({ id, query }, limits);
  }

  /**
   * The job that sends the campaign: it says less, but it can be asked when campaigns cannot, for its limit is one of its own.
   * @returns null when there is none. @throws KlaviyoError
   */
  async readSendJob(id: string, limits: LookLimits): Promise<CampaignSendJob | null> {
    const job = await getCampaignSendJob(this.client, id, critical(limits));
    return job && new CampaignSendJob(job);
  }

  private beginBatch(): LookBatch {
    const batch = new LookBatch(this.clock);
    // After all timers that are due: cancels that woke up together share their reads.
    setImmediate(() => {
      this.batch = undefined;
      const read = readCampaignViews(this.client, () => critical(batch.limits()));
      void batch.send(() => readKeys(batch.keys, read));
    });
    return batch;
  }
}

function critical(limits: LookLimits): ReadLimits {
  return { ...limits, lane: "critical" };
}

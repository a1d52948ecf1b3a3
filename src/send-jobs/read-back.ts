import DataLoader from "dataloader";
import type { Campaign } from "../campaigns/campaign.type.js";
import { type CampaignKey, readCampaignBatch } from "../campaigns/read-campaign-batch.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { getCampaignSendJob } from "../klaviyo/send-jobs-api.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline, DeadlineExceededError } from "../resilience/deadline.js";
import { CampaignSendJob } from "./campaign-send-job.type.js";

/** How long a look may take, and how much of that it may wait for room at Klaviyo's limits. */
export type LookLimits = Required<Pick<ReadLimits, "remainingMs" | "patienceMs">>;

type ReadBackKey = CampaignKey & LookLimits;

/**
 * Reads campaigns for cancels, of which there may be many at once when something went wrong. Reads that fall into the same turn of
 * the event loop are one batch, whoever asked; nothing is kept, for a cancel waits for the status to change.
 *
 * It has no caller's signal: a client that leaves does not end the read-back of a cancel.
 */
export class ReadBack {
  private readonly loader: DataLoader<ReadBackKey, Campaign | null>;

  constructor(
    private readonly client: KlaviyoClient,
    private readonly clock: Clock,
  ) {
    const readBatch = (keys: readonly ReadBackKey[]) => {
      const deadline = new Deadline(clock, Math.max(...keys.map((key) => key.remainingMs)));
      const patienceMs = Math.max(...keys.map((key) => key.patienceMs));
      return readCampaignBatch(client, keys, () => critical({ remainingMs: deadline.remainingMs, patienceMs }));
    };
    this.loader = new DataLoader(readBatch, {
      cache: false,
      // After all timers that are due: cancels that woke up together share their reads.
      batchScheduleFn: (dispatch) => setImmediate(dispatch),
    });
  }

  /** @returns null when Klaviyo has no such campaign. @throws KlaviyoError, after `remainingMs` at the latest */
  read(id: string, query: ResourceQuery, limits: LookLimits): Promise<Campaign | null> {
    const { remainingMs } = limits;
    const reading = this.loader.load({ id, query, ...limits });
    // The batch may be given more time by another cancel in it; this one's time is up when it is up.
    return new Promise((resolve, reject) => {
      const expire = () =>
        reject(new KlaviyoError("get_campaign", { kind: "timeout" }, new DeadlineExceededError(remainingMs)));
      const stopTimer = this.clock.after(remainingMs, expire);
      reading.then(resolve, reject).finally(stopTimer);
    });
  }

  /**
   * The job that sends the campaign: it says less, but it can be asked when campaigns cannot, for its limit is one of its own.
   * @returns null when there is none. @throws KlaviyoError
   */
  async readSendJob(id: string, limits: LookLimits): Promise<CampaignSendJob | null> {
    const job = await getCampaignSendJob(this.client, id, critical(limits));
    return job && new CampaignSendJob(job);
  }
}

function critical(limits: LookLimits): ReadLimits {
  return { ...limits, lane: "critical" };
}

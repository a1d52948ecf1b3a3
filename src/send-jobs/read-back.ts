import DataLoader from "dataloader";
import type { Campaign } from "../campaigns/campaign.type.js";
import { type CampaignKey, readCampaignBatch } from "../campaigns/read-campaign-batch.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline, withTimeLimit } from "../resilience/deadline.js";

interface ReadBackKey extends CampaignKey {
  readonly remainingMs: number;
}

/**
 * Reads campaigns for cancels, of which there may be many at once when something went wrong. Reads that fall into the same turn of
 * the event loop are one batch, whoever asked; nothing is kept, for a cancel waits for the status to change.
 *
 * It has no caller's signal: a client that leaves does not end the read-back of a cancel.
 */
export class ReadBack {
  private readonly loader: DataLoader<ReadBackKey, Campaign | null>;

  constructor(
    client: KlaviyoClient,
    private readonly clock: Clock,
  ) {
    const readBatch = (keys: readonly ReadBackKey[]) => {
      const deadline = new Deadline(clock, Math.max(...keys.map((key) => key.remainingMs)));
      return readCampaignBatch(client, keys, () => ({ remainingMs: deadline.remainingMs, lane: "critical" }));
    };
    this.loader = new DataLoader(readBatch, {
      cache: false,
      // After all timers that are due: cancels that woke up together share their reads.
      batchScheduleFn: (dispatch) => setImmediate(dispatch),
    });
  }

  /** @returns null when Klaviyo has no such campaign. @throws KlaviyoError, after `remainingMs` at the latest */
  read(id: string, query: ResourceQuery, remainingMs: number): Promise<Campaign | null> {
    const reading = this.loader.load({ id, query, remainingMs });
    // The batch may be given more time by another cancel in it; this one's time is up when it is up.
    return withTimeLimit(this.clock, remainingMs, undefined, (signal) => Promise.race([reading, timeoutOf(signal)]));
  }
}

function timeoutOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const expire = () => reject(new KlaviyoError("get_campaign", { kind: "timeout" }, signal.reason));
    signal.addEventListener("abort", expire, { once: true });
  });
}

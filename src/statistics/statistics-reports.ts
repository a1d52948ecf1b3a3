import { LRUCache } from "lru-cache";
import {
  type CampaignValues,
  queryCampaignValues,
  REPORT_CAMPAIGNS_MAXIMUM,
  type Timeframe,
} from "../klaviyo/campaign-values-api.js";
import { KlaviyoError } from "../klaviyo/failure.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { chunks } from "../klaviyo/resources-api.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline } from "../resilience/deadline.js";
import { CampaignStatistics } from "./campaign-statistics.type.js";

export interface StatisticsReportsOptions {
  readonly client: KlaviyoClient;
  readonly clock: Clock;
  /** A report that is not older is given again. */
  readonly maxAgeMs: number;
}

/** What a report is about, the campaigns aside. */
export interface StatisticsQuestion {
  readonly conversionMetricId: string;
  readonly timeframe: Timeframe;
}

/** What a report says of one campaign. */
interface Entry {
  readonly rows: readonly CampaignValues[];
  readonly atMs: number;
}

/** Campaigns, each a few hundred bytes for each message. */
const MOST_ENTRIES = 20_000;

/**
 * Statistics of campaigns, one for the process: Klaviyo makes 2 reports a minute and 225 a day, so all campaigns that are asked about
 * together are in one, and what it says of each is kept. When Klaviyo makes no new one, the old one is given, whose age the caller
 * sees.
 */
export class StatisticsReports {
  private readonly entries = new LRUCache<string, Entry>({ max: MOST_ENTRIES });
  /** By the same keys: what is being asked for. */
  private readonly asked = new Map<string, Promise<Entry>>();

  constructor(private readonly options: StatisticsReportsOptions) {}

  /** @returns for each of the ids its statistics or the error that kept us from having any */
  async load(
    question: StatisticsQuestion,
    ids: readonly string[],
    limits: ReadLimits,
  ): Promise<readonly (CampaignStatistics | Error)[]> {
    const keyOf = (id: string) => JSON.stringify([question, id]);
    const missing = ids.filter((id) => !this.isFresh(this.entries.get(keyOf(id))) && !this.asked.has(keyOf(id)));
    for (const chunk of chunks(missing, REPORT_CAMPAIGNS_MAXIMUM)) this.ask(question, chunk, keyOf, limits);
    return Promise.all(ids.map((id) => this.give(keyOf(id))));
  }

  private async give(key: string): Promise<CampaignStatistics | Error> {
    try {
      return this.view((await this.asked.get(key)) ?? this.entries.get(key));
    } catch (error) {
      const old = this.entries.get(key);
      return old && error instanceof KlaviyoError ? this.view(old) : asError(error);
    }
  }

  private ask(
    question: StatisticsQuestion,
    ids: readonly string[],
    keyOf: (id: string) => string,
    { remainingMs, caller }: ReadLimits,
  ): void {
    const { client, clock } = this.options;
    const deadline = new Deadline(clock, remainingMs ?? 0);
    // Without its caller's signal: a report that is on its way is worth keeping for the next one.
    const limits = (): ReadLimits => ({
      remainingMs: deadline.remainingMs,
      lane: "background",
      ...(caller !== undefined && { caller }),
    });
    const reading = queryCampaignValues(client, { ...question, campaignIds: ids }, limits);
    for (const id of ids) {
      const key = keyOf(id);
      const entry = reading.then((rows) => {
        const made = { rows: rows.filter(({ campaignId }) => campaignId === id), atMs: clock.now() };
        this.entries.set(key, made);
        return made;
      });
      const done = () => void this.asked.delete(key);
      entry.then(done, done);
      this.asked.set(key, entry);
    }
  }

  private isFresh(entry: Entry | undefined): boolean {
    return entry !== undefined && this.options.clock.now() - entry.atMs <= this.options.maxAgeMs;
  }

  private view(entry: Entry | undefined): CampaignStatistics {
    const { clock } = this.options;
    const { rows, atMs } = entry ?? { rows: [], atMs: clock.now() };
    const ageMs = Math.round(clock.now() - atMs);
    return new CampaignStatistics(rows, { ageMs, asOf: new Date(clock.wallMs() - ageMs) });
  }
}

import DataLoader from "dataloader";
import type { ReadRecord } from "../klaviyo/read-record.js";
import { CampaignStatistics } from "./campaign-statistics.type.js";
import { questionKey, type StatisticsQuestion } from "./statistics-question.js";
import type { StatisticsReports } from "./statistics-reports.js";
import { type Gathering, whenGathered } from "./when-gathered.js";

const REPORT_OF_THE_MOMENT: ReadRecord = { operation: "query_campaign_values", outcome: "look", ageMs: 0 };

/** Gathers, for one request, the campaigns that are asked about with the same question: they are in one report. */
export class CampaignStatisticsLoader {
  private readonly loaders = new Map<string, DataLoader<string, CampaignStatistics>>();

  constructor(
    private readonly reports: StatisticsReports,
    private readonly gathering: Gathering,
  ) {}

  /** @throws KlaviyoError, InvalidInputError */
  load(question: StatisticsQuestion, campaignId: string): Promise<CampaignStatistics> {
    return this.loaderOf(question).load(campaignId);
  }

  private loaderOf(question: StatisticsQuestion): DataLoader<string, CampaignStatistics> {
    const key = questionKey(question);
    const known = this.loaders.get(key);
    if (known) return known;
    const loader = new DataLoader<string, CampaignStatistics>((ids) => this.read(question, ids), {
      batchScheduleFn: (ask) => whenGathered(this.gathering, ask),
    });
    this.loaders.set(key, loader);
    return loader;
  }

  private async read(
    question: StatisticsQuestion,
    ids: readonly string[],
  ): Promise<readonly (CampaignStatistics | Error)[]> {
    const { clock } = this.gathering;
    const limits = this.gathering.limits();
    // Whoever has left while campaigns were gathered needs none of the reports of the day.
    limits.signal?.throwIfAborted();
    // Their age is told, so that no answer with them in it can be given again.
    limits.onRead?.(REPORT_OF_THE_MOMENT);
    const reported = await this.reports.load(question, ids, limits);
    const nowMs = clock.wallMs();
    return reported.map((item) => (item instanceof Error ? item : new CampaignStatistics(item, nowMs)));
  }
}

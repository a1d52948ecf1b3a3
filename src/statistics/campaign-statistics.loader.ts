import DataLoader from "dataloader";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { CampaignStatistics } from "./campaign-statistics.type.js";
import type { StatisticsQuestion, StatisticsReports } from "./statistics-reports.js";

/** Gathers, for one request, the campaigns that are asked about with the same question: they are in one report. */
export class CampaignStatisticsLoader {
  private readonly loaders = new Map<string, DataLoader<string, CampaignStatistics>>();

  constructor(
    private readonly reports: StatisticsReports,
    private readonly limits: () => ReadLimits,
  ) {}

  /** @throws KlaviyoError */
  load(question: StatisticsQuestion, campaignId: string): Promise<CampaignStatistics> {
    return this.loaderOf(question).load(campaignId);
  }

  private loaderOf(question: StatisticsQuestion): DataLoader<string, CampaignStatistics> {
    const key = JSON.stringify(question);
    const known = this.loaders.get(key);
    if (known) return known;
    const loader = new DataLoader<string, CampaignStatistics>((ids) => this.reports.load(question, ids, this.limits()));
    this.loaders.set(key, loader);
    return loader;
  }
}

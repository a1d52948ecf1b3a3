import type { CampaignStatisticsLoader } from "./campaign-statistics.loader.js";

/** What the statistics feature needs of a request. */
export interface StatisticsContext {
  readonly campaignStatistics: CampaignStatisticsLoader;
}

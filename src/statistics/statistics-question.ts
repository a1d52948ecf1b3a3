import type { Timeframe } from "../klaviyo/campaign-values-api.js";

/** What a report is about, the campaigns aside. */
export interface StatisticsQuestion {
  readonly conversionMetricId: string;
  readonly timeframe: Timeframe;
}

/** Equal questions have equal keys. */
export function questionKey({ conversionMetricId, timeframe }: StatisticsQuestion): string {
  return JSON.stringify([conversionMetricId, timeframe]);
}

import type { CampaignValues } from "../klaviyo/campaign-values-api.js";

/** What a report says of one campaign. Plain JSON, so that it can leave the process. */
export interface ReportedCampaign {
  readonly rows: readonly CampaignValues[];
  /** How long ago it was asked for: it was true then or later. An age, since the clocks of processes differ. */
  readonly ageMs: number;
}

/**
 * Keeps what reports said, by campaign and question; bounded, for one process or for several. None of it ever fails or takes long: a
 * store that cannot be reached finds nothing. It may forget at any time, and keeps for {@link LONGEST_KEPT_MS} at most.
 */
export interface StatisticsStore {
  /** @returns what is kept under each of the keys, in their order */
  find(keys: readonly string[]): Found | Promise<Found>;
  keep(reported: ReadonlyMap<string, ReportedCampaign>): void | Promise<void>;
}

export type Found = readonly (ReportedCampaign | undefined)[];

/** By then Klaviyo's budget of reports is a new one, so there is no need for anything older. */
export const LONGEST_KEPT_MS = 86_400_000;

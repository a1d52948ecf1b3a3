import { LRUCache } from "lru-cache";
import type { CampaignValues } from "../klaviyo/campaign-values-api.js";
import { atMost } from "../resilience/at-most.js";
import type { Clock } from "../resilience/clock.js";
import { type Found, LONGEST_KEPT_MS, type ReportedCampaign, type StatisticsStore } from "./statistics-store.js";

interface Entry {
  readonly rows: readonly CampaignValues[];
  /** On the clock's scale. */
  readonly askedAtMs: number;
}

/** Campaigns, each a few hundred bytes for each of its messages. */
const MOST_ENTRIES = 20_000;

/** Statistics in the memory of this process: when they get too many, those go that nobody has read for longest. */
export class MemoryStatistics implements StatisticsStore {
  private readonly entries: LRUCache<string, Entry>;

  constructor(
    private readonly clock: Clock,
    mostEntries = MOST_ENTRIES,
  ) {
    this.entries = new LRUCache(atMost(mostEntries));
  }

  find(keys: readonly string[]): Found {
    return keys.map((key) => {
      const entry = this.entries.get(key);
      if (!entry) return undefined;
      const ageMs = Math.round(this.clock.now() - entry.askedAtMs);
      return ageMs <= LONGEST_KEPT_MS ? { rows: entry.rows, ageMs } : undefined;
    });
  }

  keep(reported: ReadonlyMap<string, ReportedCampaign>): void {
    for (const [key, { rows, ageMs }] of reported) this.entries.set(key, { rows, askedAtMs: this.clock.now() - ageMs });
  }
}

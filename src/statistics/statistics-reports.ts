import { InvalidInputError } from "../input/invalid-input-error.js";
import { type CampaignValues, queryCampaignValues, REPORT_CAMPAIGNS_MAXIMUM } from "../klaviyo/campaign-values-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { chunks } from "../klaviyo/resources-api.js";
import type { Clock } from "../resilience/clock.js";
import { Deadline } from "../resilience/deadline.js";
import { RefusedQuestions } from "./refused-questions.js";
import { explained, isPassing } from "./report-refusal.js";
import { questionKey, type StatisticsQuestion } from "./statistics-question.js";
import type { ReportedCampaign, StatisticsStore } from "./statistics-store.js";
import { waitFor } from "./wait-for.js";

export interface StatisticsReportsOptions {
  readonly client: KlaviyoClient;
  readonly clock: Clock;
  readonly store: StatisticsStore;
  /** What is not older is given again. */
  readonly maxAgeMs: number;
  /** All that a report may take, whatever is left of the time of whoever asks for it. */
  readonly reportTimeMs: number;
}

type Flight = Promise<ReportedCampaign>;

/**
 * What campaigns achieved, one for the process: Klaviyo makes 2 reports a minute and 225 a day, so all campaigns that are asked about
 * together are in one, and what it says of each is kept. When Klaviyo makes no new one, the old one is given, with its age.
 */
export class StatisticsReports {
  /** What is being asked for, by campaign and question. */
  private readonly flights = new Map<string, Flight>();
  private readonly refused: RefusedQuestions;

  constructor(private readonly options: StatisticsReportsOptions) {
    this.refused = new RefusedQuestions(options.clock, options.maxAgeMs);
  }

  /** @returns for each of the ids what was reported, or the error that kept us from having any */
  async load(
    question: StatisticsQuestion,
    ids: readonly string[],
    limits: ReadLimits,
  ): Promise<readonly (ReportedCampaign | Error)[]> {
    const refusal = this.refused.find(question);
    if (refusal) return ids.map(() => refusal);
    const keys = ids.map((id) => this.keyOf(question, id));
    // A report that arrives while the store is looked through counts as one that is on its way.
    const begun = keys.map((key) => this.flights.get(key));
    const found = await this.options.store.find(keys);
    const places = keys.map((key, n) => ({ key, flight: begun[n] ?? this.flights.get(key), kept: found[n] }));
    const missing = ids.filter((_, n) => !places[n]?.flight && !this.isFresh(places[n]?.kept));
    for (const chunk of chunks(missing, REPORT_CAMPAIGNS_MAXIMUM)) this.ask(question, chunk, limits.caller);
    return Promise.all(
      places.map(({ key, flight, kept }) =>
        kept && this.isFresh(kept) ? kept : this.give(flight ?? this.flights.get(key), kept, limits),
      ),
    );
  }

  /** What is on its way, or the old one in its place. */
  private async give(
    flight: Flight | undefined,
    kept: ReportedCampaign | undefined,
    limits: ReadLimits,
  ): Promise<ReportedCampaign | Error> {
    try {
      if (!flight) throw new Error("There is neither a report nor one on its way.");
      return await waitFor(flight, this.options.clock, limits);
    } catch (error) {
      return kept && isPassing(error) ? kept : asError(error);
    }
  }

  private ask(question: StatisticsQuestion, ids: readonly string[], caller: string | undefined): void {
    const report = this.report(question, ids, caller);
    for (const id of ids) {
      const key = this.keyOf(question, id);
      const flight = report.then((reported) => reported.get(key) ?? { rows: [], ageMs: 0 });
      const land = () => void this.flights.delete(key);
      flight.then(land, land);
      this.flights.set(key, flight);
    }
  }

  /** Makes a report and keeps it. Nobody's leaving ends it: it has cost one of the day, and is worth keeping for the next one. */
  private async report(
    question: StatisticsQuestion,
    ids: readonly string[],
    caller: string | undefined,
  ): Promise<ReadonlyMap<string, ReportedCampaign>> {
    const { clock, store } = this.options;
    const askedAtMs = clock.now();
    const rows = await this.query(question, ids, caller);
    const ageMs = Math.round(clock.now() - askedAtMs);
    const rowsOf = Map.groupBy(rows, ({ campaignId }) => campaignId);
    const reported = new Map(ids.map((id) => [this.keyOf(question, id), { rows: rowsOf.get(id) ?? [], ageMs }]));
    await store.keep(reported);
    return reported;
  }

  private async query(
    question: StatisticsQuestion,
    campaignIds: readonly string[],
    caller: string | undefined,
  ): Promise<readonly CampaignValues[]> {
    const { client, clock, reportTimeMs } = this.options;
    const deadline = new Deadline(clock, reportTimeMs);
    // What people wait for without statistics goes first.
    const whose = { lane: "background", ...(caller !== undefined && { caller }) } as const;
    try {
      const limits = () => ({ ...whose, remainingMs: deadline.remainingMs });
      return await queryCampaignValues(client, { ...question, campaignIds }, limits);
    } catch (thrown) {
      const error = explained(thrown, question);
      if (error instanceof InvalidInputError) this.refused.keep(question, error);
      throw error;
    }
  }

  private isFresh(kept: ReportedCampaign | undefined): boolean {
    return kept !== undefined && kept.ageMs <= this.options.maxAgeMs;
  }

  private keyOf(question: StatisticsQuestion, id: string): string {
    // What is kept is never given to another account.
    return `${this.options.client.account} ${questionKey(question)} ${id}`;
  }
}

import { percentile } from "../report/percentile.ts";
import { answerOf } from "./cancel-record.ts";
import { budgetUse, GRANTED_A_MINUTE, throttledCount } from "./budget-use.ts";
import { CANCEL_PATH } from "./accounting.ts";
import { type CancelTimes, cancelTimesOf } from "./cancel-times.ts";
import type { ReadResult } from "./read-tally.ts";
import type { DrillRecord } from "./run-drill.ts";
import { liesIn } from "./truthfulness.ts";

/** How long something took, for those to whom it happened. */
export interface Spread {
  readonly count: number;
  readonly medianMs: number | undefined;
  readonly p99Ms: number | undefined;
  readonly maxMs: number | undefined;
}

/** A drill in numbers. */
export interface Summary {
  readonly asked: number;
  readonly answered: number;
  readonly truthful: number;
  readonly lies: readonly string[];
  /** The campaigns that the lies are about. */
  readonly liedAbout: ReadonlySet<string>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** Clicks that nobody took, or whose answer was lost, before the one that was answered. */
  readonly clicksAgain: { readonly refused: number; readonly lost: number };
  readonly stoppable: number;
  /** Of the stoppable: those that Klaviyo took on, those of which a frontend was told that they are stopped, and those stopped in the end. */
  readonly accepted: number;
  readonly toldStopped: number;
  readonly stoppedInTheEnd: number;
  readonly clickToAccepted: Spread;
  readonly clickToAcceptedCalm: Spread;
  readonly clickToStopped: Spread;
  readonly clickToAnswer: Spread;
  readonly throttled: number;
  readonly calls: number;
  readonly budget: readonly { readonly endpoint: string; readonly share: number }[];
  readonly reads: { readonly asked: number } & Readonly<Record<ReadResult, number>>;
  readonly readFailures: Readonly<Record<string, number>>;
  readonly servedP50Ms: number | undefined;
}

export function summarize(record: DrillRecord): Summary {
  const { cancels, reads, traffic, startedAtMs, seconds } = record;
  const judged = cancels.map(({ press, clicks }) => {
    return { ...press, lies: liesIn({ press, clicks }, truthOf(record, press.campaignId)) };
  });
  const liedAbout = new Set(judged.filter(({ lies }) => lies.length > 0).map(({ campaignId }) => campaignId));
  const times = cancelTimesOf(record);
  const stoppable = times.filter(({ isStoppable }) => isStoppable);
  const isCalm = ({ clickedMs }: CancelTimes) => clickedMs < (seconds * 1000) / 2;
  const answered = cancels.filter((cancel) => answerOf(cancel) !== undefined);
  const clicks = cancels.flatMap((cancel) => cancel.clicks);
  const startSecond = startedAtMs / 1000;
  return {
    asked: cancels.length,
    answered: answered.length,
    truthful: answered.filter(({ press }) => !liedAbout.has(press.campaignId)).length,
    lies: judged.flatMap(({ lies }) => lies),
    liedAbout,
    outcomes: tally(times.map(({ outcome }) => outcome ?? "no answer")),
    clicksAgain: {
      refused: clicks.filter(({ kind }) => kind === "refused").length,
      lost: clicks.filter(({ kind }) => kind === "lost").length,
    },
    stoppable: stoppable.length,
    accepted: stoppable.filter(({ acceptedAfterMs }) => acceptedAfterMs !== undefined).length,
    toldStopped: stoppable.filter(({ stoppedAfterMs }) => stoppedAfterMs !== undefined).length,
    stoppedInTheEnd: stoppable.filter(({ campaignId }) => isStopped(record, campaignId)).length,
    clickToAccepted: spreadOf(stoppable.map(({ acceptedAfterMs }) => acceptedAfterMs)),
    clickToAcceptedCalm: spreadOf(stoppable.filter(isCalm).map(({ acceptedAfterMs }) => acceptedAfterMs)),
    clickToStopped: spreadOf(stoppable.map(({ stoppedAfterMs }) => stoppedAfterMs)),
    clickToAnswer: spreadOf(times.map(({ answeredAfterMs }) => answeredAfterMs)),
    throttled: throttledCount(traffic),
    calls: traffic.counts.reduce((sum, { count }) => sum + count, 0),
    budget: budgetUse(traffic, startSecond, startSecond + seconds / 2).map(({ endpoint, served }) => ({
      endpoint,
      share: served / GRANTED_A_MINUTE,
    })),
    reads: { asked: reads.asked, ...reads.total },
    readFailures: Object.fromEntries(reads.failures),
    servedP50Ms: percentile(reads.servedInMs, 0.5),
  };
}

function truthOf({ traffic, statuses }: DrillRecord, campaignId: string) {
  const patches = traffic.writes.filter(({ path }) => path === `${CANCEL_PATH}${campaignId}`);
  return { patches, statuses: statuses.get(campaignId) ?? [] };
}

function isStopped({ statuses }: DrillRecord, campaignId: string): boolean {
  return statuses.get(campaignId)?.at(-1)?.status.startsWith("Cancelled") ?? false;
}

function spreadOf(all: readonly (number | undefined)[]): Spread {
  const values = all.filter((value) => value !== undefined);
  return {
    count: values.length,
    medianMs: percentile(values, 0.5),
    p99Ms: percentile(values, 0.99),
    maxMs: percentile(values, 1),
  };
}

function tally(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

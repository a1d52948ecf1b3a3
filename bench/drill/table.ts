import { markdownTable } from "../report/markdown-table.ts";
import { type AuditAccounts, faultsOfRequests } from "./accounting.ts";
import type { ScenarioResult } from "./scenario.ts";
import type { Spread, Summary } from "./summary.ts";

export interface Column {
  readonly result: ScenarioResult;
  readonly summary: Summary;
}

const ROWS: readonly (readonly [label: string, cell: (column: Column) => string])[] = [
  ["Cancels asked", ({ summary }) => String(summary.asked)],
  ["... answered", ({ summary }) => String(summary.answered)],
  ["... answered truthfully", ({ summary }) => String(summary.truthful)],
  ["... by outcome", ({ summary }) => words(summary.outcomes)],
  ["... clicked again: refused, lost", ({ summary: { clicksAgain } }) => `${clicksAgain.refused}, ${clicksAgain.lost}`],
  ["Campaigns that could be stopped", ({ summary }) => String(summary.stoppable)],
  ["... accepted by Klaviyo", ({ summary }) => String(summary.accepted)],
  ["... told STOPPED", ({ summary }) => String(summary.toldStopped)],
  ["... stopped in the end", ({ summary }) => String(summary.stoppedInTheEnd)],
  ["Click to accepted: median, p99, max", ({ summary }) => spread(summary.clickToAccepted)],
  ["... before the faults", ({ summary }) => spread(summary.clickToAcceptedCalm)],
  ["Click to STOPPED: median, p99, max", ({ summary }) => spread(summary.clickToStopped)],
  ["Click to any answer: median, p99, max", ({ summary }) => spread(summary.clickToAnswer)],
  ["Calls to Klaviyo", ({ summary }) => String(summary.calls)],
  ["... of them answered 429", ({ summary }) => String(summary.throttled)],
  ["Granted budget used, list", ({ summary }) => budget(summary, "GET /api/campaigns")],
  ["Granted budget used, campaign", ({ summary }) => budget(summary, "GET /api/campaigns/{id}")],
  ["Reads asked", ({ summary }) => String(summary.reads.asked)],
  ["... served", ({ summary }) => String(summary.reads.served)],
  ["... served stale", ({ summary }) => String(summary.reads.stale)],
  ["... without a call of their own", ({ result }) => String(result.record.reads.withoutCall)],
  ["... served in part", ({ summary }) => String(summary.reads.partial)],
  ["... shed", ({ summary }) => String(summary.reads.shed)],
  ["... failed", ({ summary }) => String(summary.reads.failed)],
  ["... refused, lost", ({ summary: { reads } }) => `${reads.refused}, ${reads.lost}`],
  ["Requests without one answer", ({ result }) => String(faultsOfRequests(result.record).length)],
  ["Answers without one audit line", ({ result }) => faults(result.audit, "answers")],
  ["PATCHes without one audit line", ({ result }) => patches(result.audit)],
  ["... died with the killed replica", ({ result }) => faults(result.audit, "diedWithReplica")],
];

/** The drills side by side. */
export function tableOf(columns: readonly Column[]): string {
  const body = ROWS.map(([label, cell]) => [label, ...columns.map(cell)]);
  return markdownTable(["", ...columns.map(({ result }) => titleOf(result))], body);
}

export function titleOf({ options: { kind, replicaCount } }: ScenarioResult): string {
  const what = kind === "gateway" ? "gateway" : "plain proxy";
  return `${what}, ${replicaCount} ${replicaCount === 1 ? "replica" : "replicas"}`;
}

function spread({ count, medianMs, p99Ms, maxMs }: Spread): string {
  return count === 0 ? "none" : `${seconds(medianMs)}, ${seconds(p99Ms)}, ${seconds(maxMs)} s (of ${count})`;
}

function seconds(ms: number | undefined): string {
  return ms === undefined ? "none" : (ms / 1000).toFixed(2);
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, count]) => `${word} ${count}`)
    .join(", ");
}

function budget(summary: Summary, endpoint: string): string {
  const minutes = summary.budget.filter((use) => use.endpoint === endpoint);
  return minutes.length === 0 ? "not measured" : minutes.map(({ share }) => `${(share * 100).toFixed(1)} %`).join(", ");
}

function faults(audit: AuditAccounts | undefined, part: "answers" | "diedWithReplica"): string {
  return audit === undefined ? "no audit" : String(audit[part].length);
}

function patches(audit: AuditAccounts | undefined): string {
  if (audit === undefined) return "no audit";
  return `${audit.patches.length} (${audit.counts.patches} PATCHes, ${audit.counts.audits} lines)`;
}

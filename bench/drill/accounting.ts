import type { CancelRecord, Click } from "./cancel-record.ts";
import type { Write } from "./klaviyo-control.ts";
import type { DrillRecord } from "./run-drill.ts";

/** One audit line of a replica's log. Times are milliseconds since the epoch. */
export interface AuditLine {
  readonly replica: string;
  readonly requestId: string;
  readonly campaignId: string;
  readonly outcome: string;
  readonly time: number;
  readonly durationMs: number;
}

/** What does not add up between answers, Klaviyo and the audit, in words; every list is empty when all does. */
export interface AuditAccounts {
  /** Answers to a cancel without exactly one audit line that says the same, and audit lines of cancels that nobody asked. */
  readonly answers: readonly string[];
  /** Cancels that reached Klaviyo without exactly one audit line. */
  readonly patches: readonly string[];
  /** What is missing where a replica was killed: its last lines died with it. */
  readonly diedWithReplica: readonly string[];
  /** How many PATCHes crossed the wire, and how many audit lines there are. */
  readonly counts: { readonly patches: number; readonly audits: number };
}

/** A request's first moment is taken a little after the connection's, its audit line's a little after the answer. */
const CLOCK_SLACK_MS = 250;
export const CANCEL_PATH = "/api/campaign-send-jobs/";

/** @param killed the replicas that were killed: what they did not live to write is no error, and counted apart */
export function accountForAudit(
  record: DrillRecord,
  audits: readonly AuditLine[],
  killed: readonly string[],
): AuditAccounts {
  const patches = record.traffic.writes.filter(({ path }) => path.startsWith(CANCEL_PATH));
  const clicks = record.cancels.flatMap((cancel) => cancel.clicks);
  const answers = clicks.flatMap((click) => faultOfAnswer(click, audits));
  const unanswered = patches.flatMap((patch) => faultOfPatch(patch, audits, record.cancels));
  const isDead = ({ replicas }: Fault) => replicas.length > 0 && replicas.every((replica) => killed.includes(replica));
  const words = (faults: readonly Fault[]) => faults.map(({ text }) => text);
  return {
    answers: [...words(answers.filter((fault) => !isDead(fault))), ...unasked(clicks, audits)],
    patches: words(unanswered.filter((fault) => !isDead(fault))),
    diedWithReplica: words([...answers, ...unanswered].filter(isDead)),
    counts: { patches: patches.length, audits: audits.length },
  };
}

interface Fault {
  readonly text: string;
  /** Whose log could explain it. */
  readonly replicas: readonly string[];
}

/** Requests without exactly one answer of their own, in words. */
export function faultsOfRequests({ reads, cancels }: DrillRecord): readonly string[] {
  const ended = Object.values(reads.total).reduce((sum, count) => sum + count, 0);
  const untold = cancels.filter(({ clicks }) => clicks.filter(({ kind }) => kind === "answered").length !== 1);
  return [
    ...(reads.asked === ended ? [] : [`${reads.asked} reads were asked, ${ended} ended`]),
    ...(reads.astray === 0 ? [] : [`${reads.astray} answers were somebody else's`]),
    ...untold.map(({ press }) => `the cancel of ${press.campaignId} was not answered once`),
  ];
}

function faultOfAnswer(click: Click, audits: readonly AuditLine[]): readonly Fault[] {
  // What was refused before it was begun leaves no audit line, and must not have reached Klaviyo: that is seen by its PATCHes.
  if (!click.claim || click.claim.outcome === "FAILED") return [];
  const lines = audits.filter(({ requestId }) => requestId === click.requestId);
  if (lines.length === 1 && lines[0]?.outcome === click.claim.outcome) return [];
  const found = lines.map(({ outcome }) => outcome).join(", ") || "none";
  return [
    { text: `${click.requestId}: answered ${click.claim.outcome}, audit lines: ${found}`, replicas: [click.replica] },
  ];
}

function unasked(clicks: readonly Click[], audits: readonly AuditLine[]): readonly string[] {
  const asked = new Set(clicks.map(({ requestId }) => requestId));
  return audits
    .filter(({ requestId }) => !asked.has(requestId))
    .map(({ requestId, campaignId }) => `${requestId}: an audit line of ${campaignId}, which nobody asked for`);
}

function faultOfPatch(patch: Write, audits: readonly AuditLine[], cancels: readonly CancelRecord[]): readonly Fault[] {
  const campaignId = patch.path.slice(CANCEL_PATH.length).replace(/\/$/, "");
  const lines = audits.filter((line) => line.campaignId === campaignId && covers(line, patch));
  if (lines.length === 1) return [];
  const clicks = cancels.find(({ press }) => press.campaignId === campaignId)?.clicks ?? [];
  const during = clicks.filter(({ atMs, endedAtMs }) => atMs <= patch.atMs && patch.atMs <= endedAtMs);
  const text = `PATCH of ${campaignId} at ${patch.atMs}: ${lines.length} audit lines`;
  return [{ text, replicas: during.map(({ replica }) => replica) }];
}

function covers({ time, durationMs }: AuditLine, { atMs }: Write): boolean {
  return time - durationMs - CLOCK_SLACK_MS <= atMs && atMs <= time + CLOCK_SLACK_MS;
}

import type { Ending, GraphqlBody } from "./exchange.ts";

/** What a read came to. `stale`: served from a cache past its age. `partial`: data with an error beside it. */
const READ_RESULTS = ["served", "stale", "partial", "shed", "failed", "refused", "lost"] as const;
export type ReadResult = (typeof READ_RESULTS)[number];

type AnswerError = NonNullable<GraphqlBody["errors"]>[number];

/** Reads in numbers: each that is asked is counted when it goes out, and again under its one result. */
export class ReadTally {
  asked = 0;
  /** Answers that carried another request's id. */
  astray = 0;
  readonly total: Record<ReadResult, number> = countsOf();
  /** By replica: how many were answered, whatever the answer. */
  readonly answeredBy = new Map<string, number>();
  /** Answered by what was kept, or by calls that others had begun, as far as the gateway says so. */
  withoutCall = 0;
  readonly failures = new Map<string, number>();
  readonly bySecond: Record<ReadResult, number>[] = [];
  readonly servedInMs: number[] = [];

  add(replica: string, second: number, ending: Ending, tookMs: number): void {
    const result = resultOf(ending);
    this.total[result] += 1;
    (this.bySecond[second] ??= countsOf())[result] += 1;
    if (result === "served" || result === "stale") this.servedInMs.push(tookMs);
    if (ending.kind !== "answered") return;
    if (isWithoutCall(ending.body)) this.withoutCall += 1;
    if (!ending.isMine) this.astray += 1;
    this.answeredBy.set(replica, (this.answeredBy.get(replica) ?? 0) + 1);
    for (const { extensions } of ending.body.errors ?? []) {
      const code = extensions?.code ?? `HTTP ${ending.status}`;
      this.failures.set(code, (this.failures.get(code) ?? 0) + 1);
    }
  }
}

function countsOf(): Record<ReadResult, number> {
  return { served: 0, stale: 0, partial: 0, shed: 0, failed: 0, refused: 0, lost: 0 };
}

function resultOf(ending: Ending): ReadResult {
  if (ending.kind !== "answered") return ending.kind;
  const { status, body } = ending;
  if (status === 503 || status === 429) return "shed";
  const errors = body.errors ?? [];
  if (errors.length === 0) return body.data ? (isStale(body) ? "stale" : "served") : "failed";
  if (Object.values(body.data ?? {}).some((value) => value !== null)) return "partial";
  return errors.some(isShedding) ? "shed" : "failed";
}

/** Who says when to come back has not tried: there is no room, or it would fail anyway. */
function isShedding({ extensions }: AnswerError): boolean {
  return extensions?.code === "RATE_LIMITED" || extensions?.retryAfterMs !== undefined;
}

function isWithoutCall({ extensions }: GraphqlBody): boolean {
  const { hits = 0, stale = 0, shared = 0, misses = 0 } = extensions?.cache ?? {};
  return misses === 0 && hits + stale + shared > 0;
}

function isStale({ extensions }: GraphqlBody): boolean {
  return (extensions?.cache?.stale ?? 0) > 0;
}

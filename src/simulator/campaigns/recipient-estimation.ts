export type EstimationJobStatus = "queued" | "processing" | "complete";

// A29: how long a job takes is not documented.
const QUEUED_MS = 1_000;
const TAKES_MS = 3_000;

/** How many people a campaign would reach: a number that goes stale, and the job that refreshes it. */
export class RecipientEstimation {
  #count: number;
  #job: { readonly startedAtMs: number; readonly count: number } | undefined;

  constructor(count: number) {
    this.#count = count;
  }

  countAt(nowMs: number): number {
    return this.jobStatusAt(nowMs) === "complete" ? (this.#job?.count ?? this.#count) : this.#count;
  }

  /** undefined: nobody ever asked for a refresh. */
  jobStatusAt(nowMs: number): EstimationJobStatus | undefined {
    if (this.#job === undefined) return undefined;
    const elapsedMs = nowMs - this.#job.startedAtMs;
    if (elapsedMs >= TAKES_MS) return "complete";
    return elapsedMs >= QUEUED_MS ? "processing" : "queued";
  }

  /** Starts a job that will find `count`. A29: a job that is still running goes on, and no second one starts. */
  refresh(count: number, nowMs: number): void {
    const status = this.jobStatusAt(nowMs);
    if (status === "queued" || status === "processing") return;
    this.#count = this.countAt(nowMs);
    this.#job = { startedAtMs: nowMs, count };
  }
}

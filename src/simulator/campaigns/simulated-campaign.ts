import { isFinal } from "./campaign-status.js";
import type { SeedCampaign, SeedChannel, SeedMove } from "./seed-campaign.js";
import { StatusTimeline, type Move } from "./status-timeline.js";

const HOUR_MS = 3_600_000;
const DEFAULT_SETTLE_AFTER_MS = 800;

// A19: the order of the states was seen by integrators, who speak of 20 to 30 s; the moments are ours.
const DEFAULT_SEND_TIMELINE: readonly SeedMove[] = [
  { afterMs: 5_000, status: "Adding Recipients" },
  { afterMs: 15_000, status: "Scheduled" },
  { afterMs: 20_000, status: "Sending" },
  { afterMs: 50_000, status: "Sent" },
];

export type StopAction = "cancel" | "revert";

/** One campaign and its send. All state is a function of the time that the caller brings. */
export class SimulatedCampaign {
  readonly seed: SeedCampaign;
  readonly createdAtMs: number;
  readonly #timeline: StatusTimeline;
  #scheduledAtMs: number | undefined;
  #sendTimeMs: number | undefined;
  #stopping: { readonly action: StopAction; readonly settlesAtMs: number } | undefined;

  constructor(seed: SeedCampaign, addedAtMs: number) {
    this.seed = seed;
    this.createdAtMs = seed.createdAt ? Date.parse(seed.createdAt) : addedAtMs - 24 * HOUR_MS;
    this.#timeline = new StatusTimeline(
      { atMs: addedAtMs, status: seed.status },
      absolute(seed.timeline ?? [], addedAtMs),
    );
    this.#scheduledAtMs = momentOf(seed.scheduledAt, this.createdAtMs + HOUR_MS);
    this.#sendTimeMs = momentOf(seed.sendTime, addedAtMs);
  }

  get id(): string {
    return this.seed.id;
  }

  get name(): string {
    return this.seed.name ?? `Campaign ${this.seed.id}`;
  }

  get channel(): SeedChannel {
    return this.seed.channel ?? "email";
  }

  get isArchived(): boolean {
    return this.seed.archived ?? false;
  }

  statusAt(nowMs: number): string {
    return this.#timeline.at(nowMs).status;
  }

  updatedAtMs(nowMs: number): number {
    return Math.max(this.createdAtMs, this.#timeline.at(nowMs).atMs);
  }

  /** When the scheduling was done. A21: a draft has none, a reverted one no more. */
  scheduledAtMs(nowMs: number): number | undefined {
    return this.statusAt(nowMs) === "Draft" ? undefined : this.#scheduledAtMs;
  }

  /** When the send began or will begin; undefined for a draft (A21). */
  sendTimeMs(nowMs: number): number | undefined {
    return this.statusAt(nowMs) === "Draft" ? undefined : this.#sendTimeMs;
  }

  /** A20: a campaign that never left Draft has no send job. */
  hasSendJob(nowMs: number): boolean {
    return this.#timeline.until(nowMs).some((move) => move.status !== "Draft");
  }

  /** The action that was accepted and has not taken effect yet. */
  actionUnderWay(nowMs: number): StopAction | undefined {
    return this.#stopping && nowMs < this.#stopping.settlesAtMs ? this.#stopping.action : undefined;
  }

  /** Accepts the action. A18: what becomes final before the action settles stays as it is. */
  stop(action: StopAction, nowMs: number): void {
    // A18: asking again does not put off what was accepted before.
    if (this.actionUnderWay(nowMs)) return;
    const isSettling = this.seed.settles ?? true;
    const settlesAtMs = isSettling ? nowMs + (this.seed.settleAfterMs ?? DEFAULT_SETTLE_AFTER_MS) : Infinity;
    this.#stopping = { action, settlesAtMs };
    if (!isSettling || isFinal(this.statusAt(settlesAtMs))) return;
    this.#timeline.replan(settlesAtMs, [{ atMs: settlesAtMs, status: action === "cancel" ? "Cancelled" : "Draft" }]);
  }

  /** Sends a draft: the status walks on by the clock from here. */
  send(nowMs: number): void {
    const walk = absolute(this.seed.sendTimeline ?? DEFAULT_SEND_TIMELINE, nowMs);
    this.#stopping = undefined;
    this.#scheduledAtMs = nowMs;
    this.#sendTimeMs = walk.find((move) => move.status === "Sending")?.atMs ?? nowMs;
    this.#timeline.replan(nowMs, [{ atMs: nowMs, status: "Queued without Recipients" }, ...walk]);
  }
}

function absolute(moves: readonly SeedMove[], startMs: number): readonly Move[] {
  return moves.map(({ afterMs, status }) => ({ atMs: startMs + afterMs, status })).toSorted((a, b) => a.atMs - b.atMs);
}

function momentOf(iso: string | null | undefined, otherwiseMs: number): number | undefined {
  if (iso === null) return undefined;
  return iso === undefined ? otherwiseMs : Date.parse(iso);
}

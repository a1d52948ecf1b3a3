import { type CampaignDetails, detailsOf } from "./campaign-details.js";
import { isFinal } from "./campaign-status.js";
import { RecipientEstimation } from "./recipient-estimation.js";
import type { SeedCampaign, SeedChannel, SeedTag } from "./seed-campaign.js";
import { absolute, sendPlan } from "./send-plan.js";
import { messagesOf, type SimulatedMessage } from "./simulated-message.js";
import { type Move, StatusTimeline } from "./status-timeline.js";

const HOUR_MS = 3_600_000;
const DEFAULT_SETTLE_AFTER_MS = 800;

export type StopAction = "cancel" | "revert";

/** One campaign and its send. All state is a function of the time that the caller brings. */
export class SimulatedCampaign {
  readonly seed: SeedCampaign;
  readonly createdAtMs: number;
  readonly messages: readonly SimulatedMessage[];
  readonly estimation: RecipientEstimation;
  readonly #timeline: StatusTimeline;
  #details: CampaignDetails;
  #editedAtMs = 0;
  #scheduledAtMs: number | undefined;
  #sendTimeMs: number | undefined;
  #stopping: { readonly action: StopAction; readonly settlesAtMs: number } | undefined;

  /** `members`: how many people its audiences hold. */
  constructor(seed: SeedCampaign, addedAtMs: number, members: number) {
    this.seed = seed;
    this.#details = detailsOf(seed);
    this.messages = messagesOf(seed, this.#details.name);
    this.estimation = new RecipientEstimation(seed.estimatedRecipients ?? members);
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
    return this.#details.name;
  }

  get details(): CampaignDetails {
    return this.#details;
  }

  get channel(): SeedChannel {
    return this.seed.channel ?? "email";
  }

  get isArchived(): boolean {
    return this.seed.archived ?? false;
  }

  get tags(): readonly SeedTag[] {
    return this.seed.tags ?? [];
  }

  edit(changes: Partial<CampaignDetails>, nowMs: number): void {
    this.#details = { ...this.#details, ...changes };
    this.#editedAtMs = nowMs;
  }

  statusAt(nowMs: number): string {
    return this.#timeline.at(nowMs).status;
  }

  /** Every status so far, with the moment from which it was so. */
  statusesUntil(nowMs: number): readonly Move[] {
    return this.#timeline.until(nowMs);
  }

  updatedAtMs(nowMs: number): number {
    return Math.max(this.createdAtMs, this.#editedAtMs, this.#timeline.at(nowMs).atMs);
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
    const walk = sendPlan(this.#details.sendStrategy, this.seed.sendTimeline, nowMs);
    this.#stopping = undefined;
    this.#scheduledAtMs = nowMs;
    this.#sendTimeMs = walk.find((move) => move.status === "Sending")?.atMs ?? nowMs;
    this.#timeline.replan(nowMs, [{ atMs: nowMs, status: "Queued without Recipients" }, ...walk]);
  }
}

function momentOf(iso: string | null | undefined, otherwiseMs: number): number | undefined {
  if (iso === null) return undefined;
  return iso === undefined ? otherwiseMs : Date.parse(iso);
}

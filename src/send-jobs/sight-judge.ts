import type { CampaignPhase } from "../campaigns/campaign-status.enum.js";
import type { Campaign } from "../campaigns/campaign.type.js";
import { type CampaignSendAction, isGoalOf } from "./campaign-send-action.enum.js";
import type { Sight } from "./campaign-watch.js";
import { CancelCampaignSendOutcome as Outcome } from "./cancel-campaign-send-outcome.enum.js";
import { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import type { CancelVerdicts } from "./cancel-verdicts.js";

/** What a later look at the campaign may still settle. */
const OPEN_ENDS: ReadonlySet<Outcome> = new Set([Outcome.ACCEPTED, Outcome.UNKNOWN, Outcome.NOT_STOPPED]);

/** What it says of a cancel that its campaign was seen as it was: which looks end it, and with which verdict. */
export class SightJudge {
  constructor(
    private readonly action: CampaignSendAction,
    private readonly verdicts: CancelVerdicts,
  ) {}

  /**
   * The verdict on a campaign that cannot, or need not, be stopped any more; undefined while it can.
   * @param isNews whether it may have got there since we asked
   */
  settled(sight: Exclude<Sight, { kind: "failed" }>, isNews: boolean): CancelCampaignSendPayload | undefined {
    if (sight.kind === "missing") return this.verdicts.notFound();
    return this.reached(sight, isNews) ?? this.atRest(sight);
  }

  /** The verdict on a campaign that has not got where the action leads, and is not going to. */
  atRest(sight: Sight): CancelCampaignSendPayload | undefined {
    if (sight.kind !== "campaign" || !isOver(sight.phase)) return undefined;
    return this.verdicts.notSending(sight.campaign);
  }

  /**
   * The verdict on a campaign that is where the action leads, or is sent; undefined while it is neither.
   * @param isNews whether it may have got there since we asked
   */
  reached(sight: Sight, isNews: boolean): CancelCampaignSendPayload | undefined {
    if (sight.kind === "job-cancelled") return this.verdicts.stoppedUnseen(sight.failure);
    if (sight.kind !== "campaign") return undefined;
    const { campaign, phase } = sight;
    if (phase === "sent") return this.verdicts.tooLate(campaign);
    if (!isGoalOf(this.action, phase)) return undefined;
    return isNews ? this.verdicts.stopped(campaign) : this.verdicts.alreadyStopped(campaign);
  }

  /** How a cancel ended, for somebody who has looked once more: what had not got there may have since. */
  seenSince(end: CancelCampaignSendPayload, campaign: Campaign | null): CancelCampaignSendPayload {
    const isOpen = OPEN_ENDS.has(end.outcome) && campaign !== null;
    const verdict = isOpen ? this.reached({ kind: "campaign", campaign, phase: campaign.phase }, true) : undefined;
    return verdict ?? new CancelCampaignSendPayload({ ...end, campaign });
  }
}

/** Neither on its way out nor unclear: there is nothing to stop. */
function isOver(phase: CampaignPhase): boolean {
  return phase === "draft" || phase === "cancelled" || phase === "sent";
}

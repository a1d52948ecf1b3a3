import { CampaignStatus } from "../campaigns/campaign-status.enum.js";
import type { Campaign } from "../campaigns/campaign.type.js";
import type { KlaviyoFailure } from "../klaviyo/failure.js";
import { OPERATIONS } from "../klaviyo/operations.js";
import { SUPPORTED_REVISIONS } from "../klaviyo/revisions.js";
import { upstreamCodeOf } from "../klaviyo/upstream-code.js";
import { reasonOf } from "../klaviyo/upstream-reason.js";
import type { CampaignSendAction } from "./campaign-send-action.enum.js";
import type { Sight } from "./campaign-watch.js";
import { CancelCampaignSendOutcome as Outcome } from "./cancel-campaign-send-outcome.enum.js";
import {
  type CancelCampaignSendProblem,
  CancelCampaignSendProblemCode as Code,
} from "./cancel-campaign-send-problem.type.js";
import { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import { problem, problemOfFailure, refusalCodeOf } from "./cancel-problems.js";

const { cancelCampaignSend: ASK, getCampaign: LOOK } = OPERATIONS;

/** The answers that a cancel can end with: each says what is known, what is not, and what the caller can do. */
export class CancelVerdicts {
  constructor(
    private readonly request: {
      readonly id: string;
      readonly revision: string;
      readonly action: CampaignSendAction;
    },
    private readonly waitMs: number,
  ) {}

  stopped(campaign: Campaign): CancelCampaignSendPayload {
    return this.payload(Outcome.STOPPED, campaign, null);
  }

  alreadyStopped(campaign: Campaign): CancelCampaignSendPayload {
    return this.payload(Outcome.ALREADY_STOPPED, campaign, null);
  }

  /** Klaviyo was asked, and the campaign's send is stopped, as its send job says; the campaign itself could not be read. */
  stoppedUnseen(failure: KlaviyoFailure): CancelCampaignSendPayload {
    const message =
      `The send is stopped: its send job is cancelled. The campaign itself could not be read: ${reasonOf(failure, LOOK)}. ` +
      `Query it in a moment for its status.`;
    const why = problemOfFailure(failure, Code[upstreamCodeOf(failure)], message);
    return this.payload(Outcome.STOPPED, null, why);
  }

  /** The same, for a caller who wants to see more of the campaign than could be read of it. */
  unread(payload: CancelCampaignSendPayload, failure: KlaviyoFailure): CancelCampaignSendPayload {
    const message = `The campaign could not be read with all that was asked of it: ${reasonOf(failure, LOOK)}. Query it in a moment.`;
    const why = problemOfFailure(failure, Code[upstreamCodeOf(failure)], message);
    return this.payload(payload.outcome, null, payload.problem ?? why);
  }

  tooLate(campaign: Campaign): CancelCampaignSendPayload {
    const message = `The campaign has been sent completely; ${this.request.action} can no longer stop it.`;
    return this.payload(Outcome.TOO_LATE, campaign, problem(Code.ALREADY_SENT, message));
  }

  /** Nothing was sent: the time was up before its turn came, or was used up by what stood before it, or its client had left. */
  notBegun(): CancelCampaignSendPayload {
    const message = `Nothing was changed: ${this.request.action} was not begun, since the request's time was up. Ask again.`;
    return this.payload(Outcome.NOT_STOPPED, null, problem(Code.UPSTREAM_TIMEOUT, message));
  }

  notFound(): CancelCampaignSendPayload {
    const message = `Klaviyo has no campaign with the id ${this.request.id}. Ids are case-sensitive.`;
    return this.payload(Outcome.NOT_STOPPED, null, problem(Code.NOT_FOUND, message));
  }

  notSending(campaign: Campaign): CancelCampaignSendPayload {
    return this.payload(Outcome.NOT_STOPPED, campaign, this.notSendingProblem(campaign));
  }

  /** Klaviyo accepted, and the waiting time ended before the campaign was seen to be stopped. */
  accepted(campaign: Campaign | null, lastSight: Sight): CancelCampaignSendPayload {
    return this.payload(Outcome.ACCEPTED, campaign, this.acceptedProblem(campaign, lastSight));
  }

  /** Klaviyo accepted, and the caller's time is over. */
  acceptedSoFar(campaign: Campaign | null): CancelCampaignSendPayload {
    const message =
      `Klaviyo accepted ${this.request.action}, and the request's time was up before the campaign was seen to be stopped. ` +
      `Query it in a moment; asking again is harmless.`;
    return this.payload(Outcome.ACCEPTED, campaign, problem(Code.STILL_STOPPING, message));
  }

  /** Klaviyo was asked, and the caller's time is over. */
  unknownSoFar(campaign: Campaign | null): CancelCampaignSendPayload {
    const { action, id } = this.request;
    const message =
      `Klaviyo was asked to ${action} campaign ${id}, and the request's time was up before it was known whether it did. ` +
      `The gateway goes on. Check the campaign's status, here or in Klaviyo; asking again is harmless.`;
    return this.payload(Outcome.UNKNOWN, campaign, problem(Code.UPSTREAM_TIMEOUT, message));
  }

  /** The caller's time is over and Klaviyo has accepted nothing; others who wait longer may yet have it sent, here or by another replica. */
  waitingSoFar(campaign: Campaign | null): CancelCampaignSendPayload {
    const { action, id } = this.request;
    const message =
      `The request's time was up before Klaviyo accepted to ${action} campaign ${id}. It may yet be asked for others who want the same. ` +
      `Check the campaign's status, here or in Klaviyo; asking again is harmless.`;
    return this.payload(Outcome.UNKNOWN, campaign, problem(Code.UPSTREAM_TIMEOUT, message));
  }

  /**
   * Some PATCH may have been executed, and nothing that was seen tells.
   * @param doubt how that PATCH failed
   * @param last how the last one failed, which says when to ask again
   */
  unknown(campaign: Campaign | null, doubt: KlaviyoFailure, last: KlaviyoFailure): CancelCampaignSendPayload {
    const { action, id } = this.request;
    const message =
      `Klaviyo was asked to ${action} campaign ${id}, and it is not known whether it did: ${reasonOf(doubt, ASK)}. ` +
      `Check the campaign's status, here or in Klaviyo; asking again is harmless.`;
    const details = problemOfFailure(doubt, Code[upstreamCodeOf(doubt)], message);
    const { retryAfterMs } = problemOfFailure(last, details.code, message);
    return this.payload(Outcome.UNKNOWN, campaign, { ...details, retryAfterMs });
  }

  /** The PATCH was not executed, although the campaign looks as if it could be stopped. */
  refused(campaign: Campaign | null, failure: KlaviyoFailure): CancelCampaignSendPayload {
    const code = refusalCodeOf(failure);
    const reason = this.refusalReason(code, failure, campaign);
    return this.payload(
      Outcome.NOT_STOPPED,
      campaign,
      problemOfFailure(failure, code, `Nothing was changed: ${reason}.`),
    );
  }

  /** The PATCH was not executed, and the campaign could not be read. */
  refusedUnseen(failure: KlaviyoFailure, lookFailure: KlaviyoFailure): CancelCampaignSendPayload {
    if (saysNothingAboutCampaign(failure)) return this.refused(null, failure);
    // Such a refusal may well mean that the campaign is stopped already: only its status could tell.
    const message =
      `Klaviyo refused to ${this.request.action} the campaign, and its status could not be read: ` +
      `${reasonOf(lookFailure, LOOK)}. It may be stopped already: check its status, here or in Klaviyo.`;
    const details = problemOfFailure(failure, Code[upstreamCodeOf(lookFailure)], message);
    const { retryAfterMs } = problemOfFailure(lookFailure, details.code, message);
    return this.payload(Outcome.UNKNOWN, null, { ...details, retryAfterMs });
  }

  private acceptedProblem(campaign: Campaign | null, lastSight: Sight): CancelCampaignSendProblem {
    const accepted = `Klaviyo accepted ${this.request.action}`;
    if (campaign && isStillMoving(campaign)) {
      const seen = this.lastSeen(campaign, lastSight);
      const message = `${accepted}; ${seen}. Query it again in a moment; asking again is harmless.`;
      return problem(Code.STILL_STOPPING, message);
    }
    if (campaign) return this.notSendingProblem(campaign);
    if (lastSight.kind !== "failed")
      return problem(Code.NOT_FOUND, `${accepted}, but there is no campaign ${this.request.id} to read back.`);
    const { failure } = lastSight;
    const message =
      `${accepted}, but the campaign could not be read back: ${reasonOf(failure, LOOK)}. ` +
      `Query it again in a moment; asking again is harmless.`;
    return problemOfFailure(failure, Code[upstreamCodeOf(failure)], message);
  }

  /** What was read of a campaign that has not got there, and whether that was the last look. */
  private lastSeen({ statusText }: Campaign, lastSight: Sight): string {
    const before = `when it was last read, the campaign was still "${statusText}", and then`;
    if (lastSight.kind === "failed") return `${before} ${reasonOf(lastSight.failure, LOOK)}`;
    if (lastSight.kind === "missing") return `${before} Klaviyo had no such campaign`;
    return `after ${this.waitMs} ms the campaign was still "${statusText}"`;
  }

  private notSendingProblem(campaign: Campaign): CancelCampaignSendProblem {
    const wayOut = campaign.phase === "cancelled" ? " Clone it to send it again." : "";
    const message = `There is nothing to ${this.request.action}: the campaign is "${campaign.statusText}".${wayOut}`;
    return problem(Code.NOT_SENDING, message);
  }

  private refusalReason(code: Code, failure: KlaviyoFailure, campaign: Campaign | null): string {
    const { action, revision } = this.request;
    if (code === Code.REVISION_REFUSED) {
      const other = SUPPORTED_REVISIONS.findLast((known) => known !== revision);
      return `Klaviyo does not serve this operation at revision ${revision}. Ask at another, such as ${other}`;
    }
    if (code === Code.NOT_SENDING) {
      const status = campaign?.statusText ?? CampaignStatus.UNKNOWN;
      return `Klaviyo refused to ${action} the campaign, which is still "${status}". Ask again in a moment, or stop it in Klaviyo`;
    }
    return reasonOf(failure, ASK);
  }

  private payload(
    outcome: Outcome,
    campaign: Campaign | null,
    itsProblem: CancelCampaignSendProblem | null,
  ): CancelCampaignSendPayload {
    return new CancelCampaignSendPayload({
      outcome,
      action: this.request.action,
      campaign,
      problem: itsProblem,
    });
  }
}

function isStillMoving({ phase }: Campaign): boolean {
  return phase !== "draft" && phase !== "cancelled";
}

/** These are about the key, the revision, the limit or the road, whatever the campaign's status may be. */
function saysNothingAboutCampaign(failure: KlaviyoFailure): boolean {
  const mayBeAboutId = failure.kind === "refused" && failure.status === 404 && failure.source !== "revision";
  return !mayBeAboutId && refusalCodeOf(failure) !== Code.NOT_SENDING;
}

import { type KlaviyoFailure, klaviyoErrorIdOf, retryAfterMsOf } from "../klaviyo/failure.js";
import { upstreamCodeOf } from "../klaviyo/upstream-code.js";
import {
  type CancelCampaignSendProblem,
  CancelCampaignSendProblemCode as Code,
} from "./cancel-campaign-send-problem.type.js";

/** A problem that Klaviyo's answers do not explain further. */
export function problem(code: Code, message: string): CancelCampaignSendProblem {
  return { code, message, retryAfterMs: null, klaviyoErrorId: null };
}

/** A problem that is a failed call: what it means, with what Klaviyo said about when and which. */
export function problemOfFailure(failure: KlaviyoFailure, code: Code, message: string): CancelCampaignSendProblem {
  return {
    code,
    message,
    retryAfterMs: retryAfterMsOf(failure) ?? null,
    klaviyoErrorId: klaviyoErrorIdOf(failure) ?? null,
  };
}

/** Klaviyo's statuses for "not in this form": the method, the media type or the whole revision is not served (any more). */
const REVISION_STATUSES: ReadonlySet<number> = new Set([404, 405, 406, 410, 415]);

/**
 * What a refused PATCH means for a campaign that exists and looks as if it could be stopped. No list of Klaviyo's codes is
 * published, so its status decides; a 404 cannot be about the id then, and must be about the revision.
 */
export function refusalCodeOf(failure: KlaviyoFailure): Code {
  if (failure.kind !== "refused") return Code[upstreamCodeOf(failure)];
  if (REVISION_STATUSES.has(failure.status) || failure.source === "revision") return Code.REVISION_REFUSED;
  const code = upstreamCodeOf(failure);
  return code === "UPSTREAM_REFUSED" ? Code.NOT_SENDING : Code[code];
}

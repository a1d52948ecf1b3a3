import { isStoppable } from "../campaigns/campaign-status.js";
import type { SimulatedCampaign, StopAction } from "../campaigns/simulated-campaign.js";
import { emptyAnswer } from "../http/answer.js";
import { ApiError, conflict, genericError, invalidBody } from "../http/api-error.js";
import type { Call, Route } from "../route.js";
import { findCampaign } from "./find-campaign.js";
import { decodeSendJobData } from "./send-job-body.js";

/** The 204 says that the action was accepted; the status follows later. */
export const cancelCampaignSend: Route = {
  operation: "cancel_campaign_send",
  method: "PATCH",
  path: "/api/campaign-send-jobs/{id}",
  since: "2023-02-22",
  scopes: ["campaigns:write"],
  limit: { burst: 10, steady: 150 },
  parameters: {},
  handle: (call) => {
    const action = decodeAction(call);
    const campaign = findCampaign(call, call.id);
    checkStoppable(campaign, action, call.nowMs);
    campaign.stop(action, call.nowMs);
    return emptyAnswer(204);
  },
};

function decodeAction(call: Call): StopAction {
  const { id, attributes } = decodeSendJobData(call.body);
  const action = attributes["action"];
  if (action !== "cancel" && action !== "revert") {
    throw invalidBody("/data/attributes/action", "'action' must be one of: cancel, revert.");
  }
  // A17: JSON:API asks for a 409 when the id of the body is not that of the path.
  if (id !== call.id) throw conflict("/data/id", `The id '${id}' is not that of the path, '${call.id}'.`);
  return action;
}

function checkStoppable(campaign: SimulatedCampaign, action: StopAction, nowMs: number): void {
  const { refusesAction } = campaign.seed;
  if (refusesAction !== undefined) throw new ApiError(genericError(refusesAction));
  const status = campaign.statusAt(nowMs);
  // A16: 400 stands for every refusal because of the status.
  if (!isStoppable(status)) {
    throw invalidBody("/data/attributes/action", `Cannot ${action} a campaign in status '${status}'.`);
  }
  const underWay = campaign.actionUnderWay(nowMs);
  // A18: two actions that contradict each other cannot both be accepted.
  if (underWay !== undefined && underWay !== action) {
    throw conflict("/data/attributes/action", `Cannot ${action}: a ${underWay} is under way.`);
  }
}

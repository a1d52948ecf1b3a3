import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import { invalidBody } from "../http/api-error.js";

/** A39: integrators report that a campaign and its messages can be edited only in Draft; the status code is ours. */
export function requireDraft(campaign: SimulatedCampaign, nowMs: number): void {
  const status = campaign.statusAt(nowMs);
  if (status === "Draft") return;
  throw invalidBody("/data", `A campaign in status '${status}' cannot be edited: revert it to a draft first.`);
}

import { registerEnumType } from "type-graphql";
import type { CampaignPhase } from "../campaigns/campaign-status.enum.js";
import type { SendJobAction } from "../klaviyo/send-jobs-api.js";

export enum CampaignSendAction {
  CANCEL = "CANCEL",
  REVERT = "REVERT",
}

export const KLAVIYO_ACTION: Readonly<Record<CampaignSendAction, SendJobAction>> = {
  CANCEL: "cancel",
  REVERT: "revert",
};

/** Is this where the action leads? Klaviyo's own cancellations count for CANCEL: the send is stopped for good. */
export function isGoalOf(action: CampaignSendAction, phase: CampaignPhase): boolean {
  switch (action) {
    case CampaignSendAction.CANCEL:
      return phase === "cancelled";
    case CampaignSendAction.REVERT:
      return phase === "draft";
  }
}

registerEnumType(CampaignSendAction, {
  name: "CampaignSendAction",
  description: "What to do with a campaign that is scheduled or being sent.",
  valuesConfig: {
    CANCEL: {
      description:
        "Stop it for good. What has gone out stays delivered; to send the rest, the campaign must be cloned.",
    },
    REVERT: { description: "Take it back to draft, so that it can be edited and sent again." },
  },
});

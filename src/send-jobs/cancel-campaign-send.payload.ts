import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { CampaignStatus } from "../campaigns/campaign-status.enum.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { CampaignSendAction } from "./campaign-send-action.enum.js";
import { CancelCampaignSendOutcome } from "./cancel-campaign-send-outcome.enum.js";
import { CancelCampaignSendProblem } from "./cancel-campaign-send-problem.type.js";

@ObjectType("CancelCampaignSendPayload", {
  simpleResolvers: true,
  description:
    "Whatever became of the action is data here, not an error: routers in front of a subgraph redact errors, and a frontend " +
    "must be able to tell these apart.",
})
export class CancelCampaignSendPayload {
  @Field(() => CancelCampaignSendOutcome, { description: "What became of the action." })
  readonly outcome!: CancelCampaignSendOutcome;

  @Field(() => CampaignSendAction, { description: "The action that was asked for." })
  readonly action!: CampaignSendAction;

  @RequiresScopes("campaigns:read")
  @Field(() => Campaign, {
    simple: false,
    nullable: true,
    description: "The campaign as read back from Klaviyo; null only if it does not exist or could not be read.",
  })
  readonly campaign!: Campaign | null;

  @Field(() => CampaignStatus, {
    nullable: true,
    description: "The campaign's status, for those who want nothing else. Null where `campaign` is null.",
  })
  get status(): CampaignStatus | null {
    return this.campaign?.status ?? null;
  }

  @Field(() => CancelCampaignSendProblem, {
    nullable: true,
    description:
      "Why it is not, or not yet known to be, stopped; or, where it is, why the campaign could not be read. Otherwise null.",
  })
  readonly problem!: CancelCampaignSendProblem | null;

  constructor(payload: Pick<CancelCampaignSendPayload, "outcome" | "action" | "campaign" | "problem">) {
    Object.assign(this, payload);
  }
}

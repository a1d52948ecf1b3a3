import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { CampaignSendJob } from "../send-jobs/campaign-send-job.type.js";
import { type Verdict, WritePayload } from "./write.payload.js";

@ObjectType("SendCampaignPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of sending a campaign. It is ACCEPTED at best: Klaviyo sends in its own time.",
})
export class SendCampaignPayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => CampaignSendJob, {
    simple: false,
    nullable: true,
    description: "The job that sends it. Null if there is none, or none could be read.",
  })
  readonly sendJob: CampaignSendJob | null;

  @RequiresScopes("campaigns:read")
  @Field(() => Campaign, {
    simple: false,
    nullable: true,
    description:
      "The campaign as read back afterwards, whatever became of the write. Null if it does not exist or could not be read.",
  })
  readonly campaign: Campaign | null;

  constructor(payload: Verdict & Pick<SendCampaignPayload, "sendJob" | "campaign">) {
    super(payload);
    this.sendJob = payload.sendJob;
    this.campaign = payload.campaign;
  }
}

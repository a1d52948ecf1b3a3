import { Field, ObjectType } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { CampaignRecipientEstimationJob } from "../estimations/recipient-estimation-job.type.js";
import { type Verdict, WritePayload } from "./write.payload.js";

@ObjectType("RefreshCampaignRecipientEstimationPayload", {
  implements: WritePayload,
  simpleResolvers: true,
  description: "What became of starting an estimation. It is ACCEPTED at best: Klaviyo counts in its own time.",
})
export class RefreshCampaignRecipientEstimationPayload extends WritePayload {
  @RequiresScopes("campaigns:read")
  @Field(() => CampaignRecipientEstimationJob, {
    simple: false,
    nullable: true,
    description:
      "The job that estimates. Query it until it is COMPLETE, and the campaign's estimation then. Null unless ACCEPTED.",
  })
  readonly estimationJob: CampaignRecipientEstimationJob | null;

  constructor(payload: Verdict & Pick<RefreshCampaignRecipientEstimationPayload, "estimationJob">) {
    super(payload);
    this.estimationJob = payload.estimationJob;
  }
}

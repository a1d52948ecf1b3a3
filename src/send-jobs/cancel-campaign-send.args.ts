import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { IsRevision, IsSupportedRevision } from "../input/is-revision.js";
import { CampaignSendAction } from "./campaign-send-action.enum.js";

@ArgsType()
export class CampaignSendJobArgs {
  @Field(() => ID, { description: "The job's id, which is the campaign's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class CancelCampaignSendArgs {
  @Field(() => ID, { description: "The campaign whose send is stopped. Its send job has the same id." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => String, {
    description:
      "The Klaviyo API revision to ask at, as YYYY-MM-DD, such as 2026-07-15. Klaviyo refuses revisions that it has retired.",
  })
  @IsRevision()
  @IsSupportedRevision()
  readonly revision!: string;

  @Field(() => CampaignSendAction, { description: "CANCEL stops the send for good; REVERT goes back to draft." })
  readonly action!: CampaignSendAction;
}

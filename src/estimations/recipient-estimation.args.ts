import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class CampaignRecipientEstimationArgs {
  @Field(() => ID, { description: "The campaign's id, which is the estimation's and its job's as well." })
  @IsKlaviyoId()
  readonly id!: string;
}

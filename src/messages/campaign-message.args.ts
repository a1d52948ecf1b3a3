import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class CampaignMessageArgs {
  @Field(() => ID, { description: "The message's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

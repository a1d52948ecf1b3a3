import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class CampaignIdArgs {
  @Field(() => ID, { description: "The campaign's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

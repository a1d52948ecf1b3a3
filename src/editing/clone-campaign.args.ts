import { ArgsType, Field, ID } from "type-graphql";
import { IsOptional, MaxLength } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { IsFilled } from "./text-rules.js";

@ArgsType()
export class CloneCampaignArgs {
  @Field(() => ID, { description: "The id of the campaign to copy. It stays as it is." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The name of the copy; one of Klaviyo's making, if left out." })
  @IsOptional()
  @IsFilled()
  @MaxLength(1_000, { message: "must not be longer than 1000 characters." })
  readonly name?: string | null;
}

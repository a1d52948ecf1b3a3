import { ArgsType, Field, ID } from "type-graphql";
import { IsOptional, MaxLength, MinLength } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class CloneCampaignArgs {
  @Field(() => ID, { description: "The id of the campaign to copy. It stays as it is." })
  @IsKlaviyoId()
  readonly id!: string;

  @Field(() => String, { nullable: true, description: "The name of the copy; one of Klaviyo's making, if left out." })
  @IsOptional()
  @MinLength(1, { message: "must not be empty." })
  @MaxLength(1_000, { message: "must not be longer than 1000 characters." })
  readonly name?: string | null;
}

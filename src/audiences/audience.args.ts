import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class ListArgs {
  @Field(() => ID, { description: "The list's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class SegmentArgs {
  @Field(() => ID, { description: "The segment's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

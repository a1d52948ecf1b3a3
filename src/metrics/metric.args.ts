import { IsOptional, MaxLength } from "class-validator";
import { ArgsType, Field, ID } from "type-graphql";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

@ArgsType()
export class MetricArgs {
  @Field(() => ID, { description: "The metric's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class MetricsArgs {
  @Field(() => String, { nullable: true, description: "Continue after this cursor, taken from `endCursor`. Opaque." })
  @IsOptional()
  @MaxLength(2048, { message: "is longer than any cursor of this list." })
  readonly after?: string | null;
}

import { ArgsType, Field, ID } from "type-graphql";
import { PageCursors } from "../campaigns/page-cursor.js";
import { IsOptional } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";

export const METRICS_CURSORS = new PageCursors("metrics");

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
  @METRICS_CURSORS.check()
  readonly after?: string | null;
}

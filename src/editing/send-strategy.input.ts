import { GraphQLDate, GraphQLDateTime } from "graphql-scalars";
import { Field, InputType, Int } from "type-graphql";
import { IsIn, IsOptional, ValidateNested } from "../input/class-validator.js";
import { HasFourDigitYear } from "../input/has-four-digit-year.js";
import { shown } from "../input/invalid-input-error.js";
import { IsTrue } from "./is-true.js";
import { EXACTLY_ONE, OneOf } from "../input/one-of.js";
import { Rule } from "./rule.js";

/** The percentages that Klaviyo knows. Source: OpenAPI, revision 2026-07-15. */
export const THROTTLE_PERCENTAGES = [1, 2, 5, 10, 11, 13, 14, 17, 20, 25, 33, 50] as const;

@InputType("StaticSendStrategyInput", { description: "Go out at a set time." })
export class StaticSendStrategyInput {
  @Field(() => GraphQLDateTime, {
    description:
      "The time. If `isLocal`, it is that clock time in each recipient's own time zone, written as if it were UTC.",
  })
  @HasFourDigitYear()
  readonly sendAt!: Date;

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the time is each recipient's local time. It is not, if left out.",
  })
  readonly isLocal?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "For local times alone: whether those for whom the time has passed already get it at once.",
  })
  @IsOptional()
  @Rule("isOfLocalTime", (_, strategy) =>
    (strategy as StaticSendStrategyInput).isLocal === true ? undefined : "can only be given if `isLocal` is true.",
  )
  readonly sendsPastRecipientsImmediately?: boolean | null;
}

@InputType("ThrottledSendStrategyInput", { description: "Go out in portions, from a set time on." })
export class ThrottledSendStrategyInput {
  @Field(() => GraphQLDateTime, { description: "When the first portion goes out." })
  @HasFourDigitYear()
  readonly sendAt!: Date;

  @Field(() => Int, { description: `Percent of the recipients an hour: one of ${THROTTLE_PERCENTAGES.join(", ")}.` })
  @IsIn(THROTTLE_PERCENTAGES, {
    message: ({ value }) => `${shown(value)} is not one of ${THROTTLE_PERCENTAGES.join(", ")}.`,
  })
  readonly throttlePercentage!: number;
}

@InputType("SmartSendTimeStrategyInput", { description: "Go out on a day, at the hour that Klaviyo finds best." })
export class SmartSendTimeStrategyInput {
  @Field(() => GraphQLDate, { description: "The day." })
  readonly date!: Date;
}

@InputType("SendStrategyInput", { description: `When and how fast a campaign goes out. ${EXACTLY_ONE}` })
@OneOf()
export class SendStrategyInput {
  @Field(() => Boolean, { nullable: true, description: "True: go out as soon as it is sent." })
  @IsOptional()
  @IsTrue()
  readonly immediate?: boolean;

  @Field(() => StaticSendStrategyInput, { nullable: true, description: "Go out at a set time." })
  @IsOptional()
  @ValidateNested()
  readonly static?: StaticSendStrategyInput;

  @Field(() => ThrottledSendStrategyInput, { nullable: true, description: "Go out in portions." })
  @IsOptional()
  @ValidateNested()
  readonly throttled?: ThrottledSendStrategyInput;

  @Field(() => SmartSendTimeStrategyInput, { nullable: true, description: "Go out at the best hour of a day." })
  @IsOptional()
  @ValidateNested()
  readonly smartSendTime?: SmartSendTimeStrategyInput;
}

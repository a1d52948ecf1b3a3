import { Field, ID, InputType } from "type-graphql";
import { DynamicTrackingValue } from "../campaigns/tracking-options.type.js";
import { IsNotIn, IsOptional, ValidateNested } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { NotNull } from "../input/not-null.js";
import { EXACTLY_ONE, OneOf } from "../input/one-of.js";
import { IsFilled } from "./text-rules.js";

@InputType("CampaignAudiencesInput", { description: "Who gets a campaign: lists and segments, by id." })
export class CampaignAudiencesInput {
  @Field(() => [ID], { description: "Ids of the lists and segments that get it." })
  @IsKlaviyoId({ each: true })
  readonly included!: readonly string[];

  @Field(() => [ID], {
    nullable: true,
    description: "Ids of the lists and segments that do not get it, even if they are in the included ones.",
  })
  @IsOptional()
  @IsKlaviyoId({ each: true })
  readonly excluded?: readonly string[] | null;
}

@InputType("CampaignAudiencesUpdateInput", {
  description: "Who gets a campaign from now on. What is left out stays as it is.",
})
export class CampaignAudiencesUpdateInput {
  @Field(() => [ID], {
    nullable: true,
    description: "Ids of the lists and segments that get it: all of them, not those to add.",
  })
  @NotNull()
  @IsKlaviyoId({ each: true })
  readonly included?: readonly string[];

  @Field(() => [ID], {
    nullable: true,
    description: "Ids of the lists and segments that do not get it: all of them, not those to add. Null: none.",
  })
  @IsOptional()
  @IsKlaviyoId({ each: true })
  readonly excluded?: readonly string[] | null;
}

@InputType("CampaignSendOptionsInput", { description: "Who of the audiences is left out." })
export class CampaignSendOptionsInput {
  @Field(() => Boolean, {
    nullable: true,
    description:
      "Whether people who got a message a short while ago are skipped (Smart Sending). Klaviyo's default is yes.",
  })
  readonly usesSmartSending?: boolean | null;
}

@InputType("StaticTrackingParameterInput", { description: "A parameter with the same value in every link." })
export class StaticTrackingParameterInput {
  @Field(() => String, { description: "The parameter's name, such as `utm_medium`." })
  @IsFilled()
  readonly name!: string;

  @Field(() => String, { description: "Its value." })
  readonly value!: string;
}

@InputType("DynamicTrackingParameterInput", {
  description: "A parameter whose value Klaviyo fills in for each recipient or link.",
})
export class DynamicTrackingParameterInput {
  @Field(() => String, { description: "The parameter's name, such as `utm_campaign`." })
  @IsFilled()
  readonly name!: string;

  @Field(() => DynamicTrackingValue, { description: "What is filled in. UNRECOGNIZED cannot be asked for." })
  @IsNotIn([DynamicTrackingValue.UNRECOGNIZED], { message: "must not be UNRECOGNIZED: Klaviyo has no such value." })
  readonly filledWith!: DynamicTrackingValue;
}

@InputType("TrackingParameterInput", { description: `A parameter that Klaviyo adds to links. ${EXACTLY_ONE}` })
@OneOf()
export class TrackingParameterInput {
  @Field(() => StaticTrackingParameterInput, { nullable: true, description: "One with the same value in every link." })
  @IsOptional()
  @ValidateNested()
  readonly static?: StaticTrackingParameterInput;

  @Field(() => DynamicTrackingParameterInput, { nullable: true, description: "One that Klaviyo fills in." })
  @IsOptional()
  @ValidateNested()
  readonly dynamic?: DynamicTrackingParameterInput;
}

@InputType("CampaignTrackingOptionsInput", {
  description: "What is tracked when people open and click. What is left out is as the account has it by default.",
})
export class CampaignTrackingOptionsInput {
  @Field(() => Boolean, { nullable: true, description: "Whether opens are tracked. E-mail only." })
  readonly isTrackingOpens?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether clicks are tracked. E-mail only." })
  readonly isTrackingClicks?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether tracking parameters are added to links." })
  readonly addsTrackingParameters?: boolean | null;

  @Field(() => [TrackingParameterInput], {
    nullable: true,
    description: "The campaign's own parameters. Empty means: the account's defaults, if parameters are added.",
  })
  @IsOptional()
  @ValidateNested({ each: true })
  readonly customTrackingParameters?: readonly TrackingParameterInput[] | null;
}

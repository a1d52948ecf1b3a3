import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType } from "type-graphql";
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  IsIn,
  IsOptional,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateNested,
} from "../input/class-validator.js";
import { HasFourDigitYear } from "../input/has-four-digit-year.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";
import { CampaignStatus } from "./campaign-status.enum.js";

@InputType("DateTimeRangeInput", { description: "A range of times. What is given must all hold." })
export class DateTimeRangeInput {
  @Field(() => GraphQLDateTime, { nullable: true, description: "Later than this." })
  @HasFourDigitYear()
  readonly after?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "At this time or later." })
  @HasFourDigitYear()
  readonly from?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "Earlier than this." })
  @HasFourDigitYear()
  readonly before?: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "At this time or earlier." })
  @HasFourDigitYear()
  readonly until?: Date | null;
}

const KNOWN_STATUSES = Object.values(CampaignStatus).filter((status) => status !== CampaignStatus.UNRECOGNIZED);

/** Klaviyo says how quotes are escaped in a filter, and nothing of these: it might look for another name. */
function IsWithoutControlCharacters(): PropertyDecorator {
  return ValidateBy({
    name: "isWithoutControlCharacters",
    validator: {
      validate: (value) => typeof value !== "string" || !/\p{Cc}/u.test(value),
      defaultMessage: () => "must not hold line breaks or other control characters.",
    },
  });
}

const CAMPAIGN_IDS = `must hold 1 to ${CAMPAIGNS_PAGE_MAXIMUM} ids.`;

@InputType("CampaignFilterInput", {
  description: "Which campaigns to list. What is given must all hold; Klaviyo knows neither `or` nor `not`.",
})
export class CampaignFilterInput {
  @Field(() => [CampaignStatus], {
    nullable: true,
    description: "In one of these statuses, at least one. UNRECOGNIZED cannot be asked for.",
  })
  @IsOptional()
  @ArrayNotEmpty({ message: "must hold at least one status." })
  @IsIn(KNOWN_STATUSES, { each: true, message: "must not hold UNRECOGNIZED: Klaviyo has no such status." })
  readonly statuses?: readonly CampaignStatus[] | null;

  @Field(() => String, {
    nullable: true,
    description: "With this in its name: 1 to 256 characters. Upper and lower case differ.",
  })
  @IsOptional()
  @MinLength(1, { message: "must not be empty." })
  @MaxLength(256, { message: "must not be longer than 256 characters." })
  @IsWithoutControlCharacters()
  readonly nameContains?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Archived ones alone (true), or those that are not (false, as when it is left out).",
  })
  readonly archived?: boolean | null;

  @Field(() => DateTimeRangeInput, { nullable: true, description: "By when they were created." })
  @IsOptional()
  @ValidateNested()
  readonly createdAt?: DateTimeRangeInput | null;

  @Field(() => DateTimeRangeInput, { nullable: true, description: "By when they were scheduled." })
  @IsOptional()
  @ValidateNested()
  readonly scheduledAt?: DateTimeRangeInput | null;

  @Field(() => DateTimeRangeInput, { nullable: true, description: "By when they were last changed." })
  @IsOptional()
  @ValidateNested()
  readonly updatedAt?: DateTimeRangeInput | null;

  @Field(() => [ID], { nullable: true, description: "With one of these ids: 1 to 100." })
  @IsOptional()
  @ArrayNotEmpty({ message: CAMPAIGN_IDS })
  @ArrayMaxSize(CAMPAIGNS_PAGE_MAXIMUM, { message: CAMPAIGN_IDS })
  @IsKlaviyoId({ each: true })
  readonly ids?: readonly string[] | null;
}

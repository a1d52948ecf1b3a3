import { ArgsType, Field, ID, InputType } from "type-graphql";
import { IsOptional, ValidateBy, ValidateNested } from "../input/class-validator.js";
import { shown } from "../input/invalid-input-error.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { EXACTLY_ONE, OneOf } from "../input/one-of.js";
import type { Timeframe } from "../klaviyo/campaign-values-api.js";
import { StatisticsTimeframe } from "./statistics-timeframe.enum.js";

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;
/** Klaviyo: "Max length: 1 year". A leap year is one. */
const LONGEST_MS = 366 * 86_400_000;

@InputType("StatisticsRangeInput", {
  description: "A span of time from one clock time to another in the account's own time zone; at most a year.",
})
export class StatisticsRangeInput {
  @Field(() => String, { description: "Its beginning, without a time zone, such as `2026-11-01T00:00:00`." })
  @IsLocalTime()
  readonly start!: string;

  @Field(() => String, { description: "Its end, which is no longer part of it." })
  @IsLocalTime()
  @IsAtMostAYearAfterStart()
  readonly end!: string;
}

@InputType("StatisticsTimeframeInput", { description: `In which span of time messages were sent. ${EXACTLY_ONE}` })
@OneOf()
export class StatisticsTimeframeInput {
  @Field(() => StatisticsTimeframe, { nullable: true, description: "A span that Klaviyo has a name for." })
  readonly key?: StatisticsTimeframe;

  @Field(() => StatisticsRangeInput, { nullable: true, description: "Any other span." })
  @IsOptional()
  @ValidateNested()
  readonly range?: StatisticsRangeInput;
}

@ArgsType()
export class CampaignStatisticsArgs {
  @Field(() => ID, {
    description:
      "What counts as a conversion: the id of a metric, such as that of `Placed Order`. `metrics` lists them.",
  })
  @IsKlaviyoId()
  readonly conversionMetricId!: string;

  @Field(() => StatisticsTimeframeInput, {
    nullable: true,
    description: "In which span of time the messages were sent: the last 365 days, if left out.",
  })
  @IsOptional()
  @ValidateNested()
  readonly timeframe?: StatisticsTimeframeInput | null;
}

/** As Klaviyo wants it. It ignores the offset, which has to be there all the same. */
export function timeframeOf({ timeframe }: Pick<CampaignStatisticsArgs, "timeframe">): Timeframe {
  const { key, range } = timeframe ?? {};
  if (range) return { start: `${range.start}+00:00`, end: `${range.end}+00:00` };
  return { key: key ?? StatisticsTimeframe.LAST_365_DAYS };
}

function IsLocalTime(): PropertyDecorator {
  return ValidateBy({
    name: "isLocalTime",
    validator: {
      validate: (value) => !Number.isNaN(millisecondsOf(value)),
      defaultMessage: (args) => `${shown(args?.value)} is not a clock time such as 2026-11-01T00:00:00.`,
    },
  });
}

function IsAtMostAYearAfterStart(): PropertyDecorator {
  return ValidateBy({
    name: "isAtMostAYearAfterStart",
    validator: {
      validate: (value, args) => {
        const lengthMs =
          millisecondsOf(value) - millisecondsOf((args?.object as StatisticsRangeInput | undefined)?.start);
        // What is no time at all has been found fault with already.
        return Number.isNaN(lengthMs) || (lengthMs > 0 && lengthMs <= LONGEST_MS);
      },
      defaultMessage: () => "must be after `start`, and at most a year.",
    },
  });
}

function millisecondsOf(value: unknown): number {
  if (typeof value !== "string" || !LOCAL_TIME.test(value)) return Number.NaN;
  const ms = Date.parse(`${value}Z`);
  // A 31st of February would be read as a day in March.
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value) ? ms : Number.NaN;
}

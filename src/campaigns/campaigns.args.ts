import { IsOptional, Max, Min, ValidateBy } from "class-validator";
import { ArgsType, Field, ID, Int } from "type-graphql";
import { shown } from "../input/invalid-input-error.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";
import { CampaignChannel, KLAVIYO_CHANNEL } from "./campaign-channel.enum.js";
import { decodeCampaignCursor } from "./campaign-cursor.js";

@ArgsType()
export class CampaignArgs {
  @Field(() => ID, { description: "The campaign's id." })
  @IsKlaviyoId()
  readonly id!: string;
}

@ArgsType()
export class CampaignsArgs {
  @Field(() => CampaignChannel, { description: "The channel to list. Klaviyo lists one at a time." })
  readonly channel!: CampaignChannel;

  @Field(() => Int, {
    nullable: true,
    defaultValue: 20,
    description: "How many campaigns to return, 1 to 100.",
  })
  @IsOptional()
  @Min(1, { message: isPageSize })
  @Max(CAMPAIGNS_PAGE_MAXIMUM, { message: isPageSize })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Continue after this cursor, taken from `pageInfo.endCursor` or an edge of the same channel.",
  })
  @IsOptional()
  @IsCursorOfChannel()
  readonly after?: string | null;
}

function isPageSize({ value }: { value: unknown }): string {
  return `${shown(value)} is not a page size: 1 to ${CAMPAIGNS_PAGE_MAXIMUM}.`;
}

function IsCursorOfChannel(): PropertyDecorator {
  return ValidateBy({
    name: "isCursorOfChannel",
    validator: {
      validate: (value, args) => {
        const place = typeof value === "string" ? decodeCampaignCursor(value) : undefined;
        return place !== undefined && place.channel === channelOf(args?.object);
      },
      defaultMessage: () => "Not a cursor of this list: use one that `campaigns` returned for the same channel.",
    },
  });
}

function channelOf(args: unknown): string | undefined {
  return args instanceof CampaignsArgs ? KLAVIYO_CHANNEL[args.channel] : undefined;
}

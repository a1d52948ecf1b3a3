import { IsOptional, Max, Min, ValidateBy, ValidateNested } from "class-validator";
import { ArgsType, Field, ID, Int } from "type-graphql";
import { shown } from "../input/invalid-input-error.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";
import { CampaignChannel } from "./campaign-channel.enum.js";
import { decodeCampaignCursor, listKey } from "./campaign-cursor.js";
import { campaignFilterClauses } from "./campaign-filter.js";
import { CampaignFilterInput } from "./campaign-filter.input.js";
import { CampaignSort } from "./campaign-sort.enum.js";

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

  @Field(() => CampaignFilterInput, {
    nullable: true,
    description: "Which campaigns; all that are not archived, if left out.",
  })
  @IsOptional()
  @ValidateNested()
  readonly filter?: CampaignFilterInput | null;

  @Field(() => CampaignSort, { nullable: true, description: "In which order; Klaviyo's own, if left out." })
  readonly sort?: CampaignSort | null;

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
    description: "Continue after this cursor, taken from `pageInfo.endCursor` or an edge of the same list.",
  })
  @IsOptional()
  @IsCursorOfList()
  readonly after?: string | null;
}

/** The list that these arguments ask for, as its cursors name it. */
export function listKeyOf({ channel, filter, sort }: Pick<CampaignsArgs, "channel" | "filter" | "sort">): string {
  return listKey([channel, campaignFilterClauses(filter), sort ?? null]);
}

function isPageSize({ value }: { value: unknown }): string {
  return `${shown(value)} is not a page size: 1 to ${CAMPAIGNS_PAGE_MAXIMUM}.`;
}

function IsCursorOfList(): PropertyDecorator {
  return ValidateBy({
    name: "isCursorOfList",
    validator: {
      validate: (value, args) => {
        const list = args?.object instanceof CampaignsArgs ? listKeyOf(args.object) : "";
        return typeof value === "string" && decodeCampaignCursor(list, value) !== undefined;
      },
      defaultMessage: () =>
        "Not a cursor of this list: use one that `campaigns` returned for the same channel, filter and sort.",
    },
  });
}

import { ArgsType, Field, ID } from "type-graphql";
import { ArrayMaxSize, ArrayNotEmpty, ArrayUnique } from "../input/class-validator.js";
import { IsKlaviyoId } from "../input/is-klaviyo-id.js";
import { CHANNELS } from "../klaviyo/campaigns-api.js";
import { CampaignChannel } from "./campaign-channel.enum.js";
import { decodeCampaignCursor, listKey } from "./campaign-cursor.js";
import { campaignFilterClauses } from "./campaign-filter.js";
import type { CampaignFilterInput } from "./campaign-filter.input.js";
import { CampaignSort } from "./campaign-sort.enum.js";
import { AfterArgument, FilterArgument, FirstArgument } from "./list-arguments.js";
import { decodeMergedCursor } from "./merged-cursor.js";

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

  @FilterArgument()
  readonly filter?: CampaignFilterInput | null;

  @Field(() => CampaignSort, { nullable: true, description: "In which order; Klaviyo's own, if left out." })
  readonly sort?: CampaignSort | null;

  @FirstArgument()
  readonly first?: number | null;

  @AfterArgument(
    () => CampaignsArgs,
    (cursor, args) => decodeCampaignCursor(campaignsListKey(args), cursor) !== undefined,
  )
  readonly after?: string | null;
}

const CHANNELS_MESSAGE = { message: `must hold 1 to ${CHANNELS.length} channels, each once.` };

@ArgsType()
export class CampaignsOfChannelsArgs {
  @Field(() => [CampaignChannel], {
    description: "The channels to list together: 1 to 3, each once. Each costs a Klaviyo call a page.",
  })
  @ArrayNotEmpty(CHANNELS_MESSAGE)
  @ArrayMaxSize(CHANNELS.length, CHANNELS_MESSAGE)
  @ArrayUnique(CHANNELS_MESSAGE)
  readonly channels!: readonly CampaignChannel[];

  @FilterArgument()
  readonly filter?: CampaignFilterInput | null;

  @Field(() => CampaignSort, {
    defaultValue: CampaignSort.CREATED_AT_DESC,
    description: "In which order to merge them.",
  })
  readonly sort!: CampaignSort;

  @FirstArgument()
  readonly first?: number | null;

  @AfterArgument(
    () => CampaignsOfChannelsArgs,
    (cursor, args) => decodeMergedCursor(channelsListKey(args), args.channels.length, cursor) !== undefined,
  )
  readonly after?: string | null;
}

/** The list that the arguments ask for, as its cursors name it. */
export function campaignsListKey({
  channel,
  filter,
  sort,
}: Pick<CampaignsArgs, "channel" | "filter" | "sort">): string {
  return listKey([channel, campaignFilterClauses(filter), sort ?? null]);
}

export function channelsListKey({
  channels,
  filter,
  sort,
}: Pick<CampaignsOfChannelsArgs, "channels" | "filter" | "sort">): string {
  return listKey([channels, campaignFilterClauses(filter), sort]);
}

import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import { KLAVIYO_CHANNEL } from "./campaign-channel.enum.js";
import { CampaignConnection } from "./campaign-connection.type.js";
import { decodeCampaignCursor } from "./campaign-cursor.js";
import { campaignFilterClauses } from "./campaign-filter.js";
import { Campaign } from "./campaign.type.js";
import type { CampaignsContext } from "./campaigns.context.js";
import {
  CampaignArgs,
  CampaignsArgs,
  campaignsListKey,
  CampaignsOfChannelsArgs,
  channelsListKey,
} from "./campaigns.args.js";
import { listCampaigns } from "./list-campaigns.js";
import { mergeChannels } from "./merge-channels.js";
import { decodeMergedCursor } from "./merged-cursor.js";

@Resolver(() => Campaign)
export class CampaignResolver {
  @RequiresScopes("campaigns:read")
  @Query(() => Campaign, {
    nullable: true,
    description: "One campaign by its id; null if Klaviyo has none. One Klaviyo call, shared by all that ask for it.",
  })
  campaign(
    @Args(() => CampaignArgs) { id }: CampaignArgs,
    @Ctx() { campaigns }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Campaign | null> {
    return campaigns.load(id, planRead(info, CAMPAIGN));
  }

  @RequiresScopes("campaigns:read")
  @Query(() => CampaignConnection, {
    nullable: true,
    description:
      "The campaigns of one channel, a page at a time. Following `endCursor` costs one Klaviyo call a page, and up to three where " +
      "Klaviyo answers empty pages. A page may be short, or empty, and have a next one.",
  })
  campaigns(
    @Args(() => CampaignsArgs) args: CampaignsArgs,
    @Ctx() { client, readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignConnection> {
    const list = () => campaignsListKey(args);
    const request = {
      channel: KLAVIYO_CHANNEL[args.channel],
      filter: campaignFilterClauses(args.filter),
      sort: args.sort ?? undefined,
      list,
      first: args.first ?? 20,
      after: args.after ? decodeCampaignCursor(list(), args.after) : undefined,
      resource: planRead(info, CAMPAIGN, NODES),
    };
    return listCampaigns(client, request, readLimits);
  }

  @RequiresScopes("campaigns:read")
  @Query(() => CampaignConnection, {
    nullable: true,
    description:
      "The campaigns of several channels, merged in order, a page at a time. A page costs one Klaviyo call for each channel " +
      "that has not ended, and up to three where Klaviyo answers empty pages: prefer `campaigns` for one channel. A page may be " +
      "short, or empty, and have a next one.",
  })
  campaignsOfChannels(
    @Args(() => CampaignsOfChannelsArgs) args: CampaignsOfChannelsArgs,
    @Ctx() { client, readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignConnection> {
    const list = () => channelsListKey(args);
    const request = {
      channels: args.channels.map((channel) => KLAVIYO_CHANNEL[channel]),
      filter: campaignFilterClauses(args.filter),
      sort: args.sort,
      list,
      first: args.first ?? 20,
      after: args.after ? decodeMergedCursor(list(), args.channels.length, args.after) : undefined,
      resource: planRead(info, CAMPAIGN, NODES),
    };
    return mergeChannels(client, request, readLimits);
  }
}

/** Where a connection has its campaigns. */
const NODES = { paths: [["nodes"], ["edges", "node"]] } as const;

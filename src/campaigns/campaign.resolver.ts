import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Query, Resolver } from "type-graphql";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import { KLAVIYO_CHANNEL } from "./campaign-channel.enum.js";
import { CampaignConnection } from "./campaign-connection.type.js";
import { decodeCampaignCursor } from "./campaign-cursor.js";
import type { CampaignLoader } from "./campaign.loader.js";
import { campaignFilterClauses } from "./campaign-filter.js";
import { Campaign } from "./campaign.type.js";
import { CampaignArgs, CampaignsArgs, listKeyOf } from "./campaigns.args.js";
import { listCampaigns } from "./list-campaigns.js";

/** What the campaigns feature needs of a request. */
export interface CampaignsContext {
  readonly campaigns: CampaignLoader;
  /** Ends with the client that asked, and with the time that a query may take. */
  readonly readLimits: () => ReadLimits;
}

@Resolver(() => Campaign)
export class CampaignResolver {
  constructor(private readonly client: KlaviyoClient) {}

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

  @Query(() => CampaignConnection, {
    description: "The campaigns of one channel, a page at a time. Following `endCursor` costs one Klaviyo call a page.",
  })
  campaigns(
    @Args(() => CampaignsArgs) args: CampaignsArgs,
    @Ctx() { readLimits }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignConnection> {
    const list = listKeyOf(args);
    const request = {
      channel: KLAVIYO_CHANNEL[args.channel],
      filter: campaignFilterClauses(args.filter),
      sort: args.sort ?? undefined,
      list,
      first: args.first ?? 20,
      after: args.after ? decodeCampaignCursor(list, args.after) : undefined,
      resource: planRead(info, CAMPAIGN, { paths: [["nodes"], ["edges", "node"]] }),
    };
    return listCampaigns(this.client, request, readLimits);
  }
}

import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { Campaign } from "../campaigns/campaign.type.js";
import { CampaignStatistics } from "./campaign-statistics.type.js";
import { CampaignStatisticsArgs, timeframeOf } from "./statistics.args.js";
import type { StatisticsContext } from "./statistics.context.js";

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithStatisticsResolver {
  @FieldResolver(() => CampaignStatistics, {
    nullable: true,
    description:
      "What the campaign achieved: opens, clicks, conversions and more. One Klaviyo call for all campaigns of a query, of which it " +
      "permits 2 a minute and 225 a day; so the answer is kept, and `asOf` says how old it is. Null only with an error; for a " +
      "campaign that was not sent in the timeframe the numbers in it are null, and not 0.",
  })
  statistics(
    @Root() { id }: Campaign,
    @Args(() => CampaignStatisticsArgs) args: CampaignStatisticsArgs,
    @Ctx() { campaignStatistics }: StatisticsContext,
  ): Promise<CampaignStatistics> {
    const { conversionMetricId } = args;
    return campaignStatistics.load({ conversionMetricId, timeframe: timeframeOf(args) }, id);
  }
}

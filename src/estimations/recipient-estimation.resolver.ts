import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { CampaignsContext } from "../campaigns/campaigns.context.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { planRead } from "../selection/plan-read.js";
import {
  CAMPAIGN,
  CAMPAIGN_RECIPIENT_ESTIMATION,
  CAMPAIGN_RECIPIENT_ESTIMATION_JOB,
} from "../selection/resource-shapes.js";
import type { EstimationsContext } from "./estimations.context.js";
import { CampaignRecipientEstimationJob } from "./recipient-estimation-job.type.js";
import { CampaignRecipientEstimationArgs } from "./recipient-estimation.args.js";
import { CampaignRecipientEstimation } from "./recipient-estimation.type.js";

@Resolver(() => CampaignRecipientEstimation)
export class CampaignRecipientEstimationResolver {
  @RequiresScopes("campaigns:read")
  @Query(() => CampaignRecipientEstimation, {
    nullable: true,
    description:
      "How many people a campaign would reach, by the campaign's id; null if there is no estimation. One Klaviyo call.",
  })
  campaignRecipientEstimation(
    @Args(() => CampaignRecipientEstimationArgs) { id }: CampaignRecipientEstimationArgs,
    @Ctx() { recipientEstimations }: EstimationsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignRecipientEstimation | null> {
    return recipientEstimations.load(id, planRead(info, CAMPAIGN_RECIPIENT_ESTIMATION));
  }

  @FieldResolver(() => Campaign, { nullable: true, description: "The campaign that the estimation is about." })
  campaign(
    @Root() { id }: CampaignRecipientEstimation,
    @Ctx() { campaigns }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Campaign | null> {
    return campaigns.load(id, planRead(info, CAMPAIGN));
  }
}

@Resolver(() => CampaignRecipientEstimationJob)
export class CampaignRecipientEstimationJobResolver {
  @RequiresScopes("campaigns:read")
  @Query(() => CampaignRecipientEstimationJob, {
    nullable: true,
    description:
      "How far the estimation of a campaign is, by the campaign's id; null if none was started. One Klaviyo call.",
  })
  campaignRecipientEstimationJob(
    @Args(() => CampaignRecipientEstimationArgs) { id }: CampaignRecipientEstimationArgs,
    @Ctx() { recipientEstimationJobs }: EstimationsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignRecipientEstimationJob | null> {
    return recipientEstimationJobs.load(id, planRead(info, CAMPAIGN_RECIPIENT_ESTIMATION_JOB));
  }
}

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithRecipientEstimationResolver {
  @FieldResolver(() => CampaignRecipientEstimation, {
    nullable: true,
    description:
      "How many people it would reach; null if Klaviyo has no estimation. One Klaviyo call for each campaign: think before " +
      "asking in lists.",
  })
  recipientEstimation(
    @Root() { id }: Campaign,
    @Ctx() { recipientEstimations }: EstimationsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CampaignRecipientEstimation | null> {
    return recipientEstimations.load(id, planRead(info, CAMPAIGN_RECIPIENT_ESTIMATION));
  }
}

import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { CampaignsContext } from "../campaigns/campaigns.context.js";
import { Campaign } from "../campaigns/campaign.type.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import type { CampaignSendJobLoader } from "./campaign-send-job.loader.js";
import { CampaignSendJob } from "./campaign-send-job.type.js";
import { CampaignSendJobArgs } from "./cancel-campaign-send.args.js";

/** What reading send jobs needs of a request. */
export interface CampaignSendJobsContext extends CampaignsContext {
  readonly sendJobs: CampaignSendJobLoader;
}

/** Anything that carries a campaign's id: the campaign itself, or its send job. */
interface Identified {
  readonly id: string;
}

@Resolver(() => CampaignSendJob)
export class CampaignSendJobResolver {
  @RequiresScopes("campaigns:read")
  @Query(() => CampaignSendJob, {
    nullable: true,
    description: "The job that sends a campaign, by the campaign's id; null if there is none. One Klaviyo call.",
  })
  campaignSendJob(
    @Args(() => CampaignSendJobArgs) { id }: CampaignSendJobArgs,
    @Ctx() { sendJobs }: CampaignSendJobsContext,
  ): Promise<CampaignSendJob | null> {
    return sendJobs.load(id);
  }

  @FieldResolver(() => Campaign, { nullable: true, description: "The campaign that the job sends." })
  campaign(
    @Root() { id }: Identified,
    @Ctx() { campaigns }: CampaignsContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Campaign | null> {
    return campaigns.load(id, planRead(info, CAMPAIGN));
  }
}

/** Adds to Campaign what this feature knows of it, so that `campaigns/` need not know this feature. */
@Resolver(() => Campaign)
export class CampaignWithSendJobResolver {
  @FieldResolver(() => CampaignSendJob, {
    nullable: true,
    description:
      "The job that sends it; null if there is none. One Klaviyo call for each campaign: think before asking in lists.",
  })
  sendJob(@Root() { id }: Identified, @Ctx() { sendJobs }: CampaignSendJobsContext): Promise<CampaignSendJob | null> {
    return sendJobs.load(id);
  }
}

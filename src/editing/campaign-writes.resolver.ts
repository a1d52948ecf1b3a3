import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import { CampaignIdArgs } from "./campaign-id.args.js";
import { CreateCampaignArgs, UpdateCampaignArgs } from "./campaign.input.js";
import { CloneCampaignArgs } from "./clone-campaign.args.js";
import { cloneCampaign, createCampaign } from "./create-campaign.js";
import { deleteCampaign } from "./delete-campaign.js";
import { DeleteCampaignPayload } from "./delete-campaign.payload.js";
import { refreshEstimation } from "./refresh-estimation.js";
import { RefreshCampaignRecipientEstimationPayload } from "./refresh-estimation.payload.js";
import { updateCampaign } from "./update-campaign.js";
import { CloneCampaignPayload, CreateCampaignPayload, UpdateCampaignPayload } from "./written-campaign.payload.js";
import { written, type WritesContext } from "./writes.context.js";

/** Where these payloads have their campaign. */
const CAMPAIGN_PLACE = { paths: [["campaign"]] } as const;

@Resolver()
export class CampaignWritesResolver {
  @RequiresScopes("campaigns:write")
  @Mutation(() => CreateCampaignPayload, {
    description:
      "Makes a campaign, a draft, with its messages. It is asked of Klaviyo once: if the answer is lost, the outcome is UNKNOWN, " +
      "and the campaign may or may not be there.",
  })
  async createCampaign(
    @Args(() => CreateCampaignArgs) { input }: CreateCampaignArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CreateCampaignPayload> {
    const query = planRead(info, CAMPAIGN, CAMPAIGN_PLACE);
    return written(context, {
      run: (call) => createCampaign(call, input, query),
      payloadOf: (verdict) => new CreateCampaignPayload({ ...verdict, campaign: null }),
      about: ({ campaign }) => ({ write: "createCampaign", madeId: campaign?.id ?? null }),
    });
  }

  @RequiresScopes("campaigns:write")
  @Mutation(() => UpdateCampaignPayload, {
    description:
      "Changes a campaign. What is left out stays as it is. If the answer is lost, the campaign is read and compared.",
  })
  async updateCampaign(
    @Args(() => UpdateCampaignArgs) { id, input }: UpdateCampaignArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<UpdateCampaignPayload> {
    const query = planRead(info, CAMPAIGN, CAMPAIGN_PLACE);
    return written(context, {
      run: (call) => updateCampaign(call, { id, input, query }),
      payloadOf: (verdict) => new UpdateCampaignPayload({ ...verdict, campaign: null }),
      about: () => ({ write: "updateCampaign", targetId: id }),
    });
  }

  @RequiresScopes("campaigns:write")
  @Mutation(() => DeleteCampaignPayload, {
    description:
      "Deletes a campaign for good. If the answer is lost, it is looked whether the campaign is still there.",
  })
  async deleteCampaign(
    @Args(() => CampaignIdArgs) { id }: CampaignIdArgs,
    @Ctx() context: WritesContext,
  ): Promise<DeleteCampaignPayload> {
    return written(context, {
      run: (call) => deleteCampaign(call, id),
      payloadOf: (verdict) => new DeleteCampaignPayload({ ...verdict, deletedId: null }),
      about: () => ({ write: "deleteCampaign", targetId: id }),
    });
  }

  @RequiresScopes("campaigns:write")
  @Mutation(() => CloneCampaignPayload, {
    description:
      "Copies a campaign: the way to send again what was sent or cancelled. It is asked of Klaviyo once: if the answer is lost, " +
      "the outcome is UNKNOWN, and the copy may or may not be there.",
  })
  async cloneCampaign(
    @Args(() => CloneCampaignArgs) { id, name }: CloneCampaignArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CloneCampaignPayload> {
    const query = planRead(info, CAMPAIGN, CAMPAIGN_PLACE);
    return written(context, {
      run: (call) => cloneCampaign(call, { id, name, query }),
      payloadOf: (verdict) => new CloneCampaignPayload({ ...verdict, campaign: null }),
      about: ({ campaign }) => ({ write: "cloneCampaign", targetId: id, madeId: campaign?.id ?? null }),
    });
  }

  @RequiresScopes("campaigns:write")
  @Mutation(() => RefreshCampaignRecipientEstimationPayload, {
    description: "Has Klaviyo work out anew how many people a campaign would reach. It takes a while: query the job.",
  })
  async refreshCampaignRecipientEstimation(
    @Args(() => CampaignIdArgs) { id }: CampaignIdArgs,
    @Ctx() context: WritesContext,
  ): Promise<RefreshCampaignRecipientEstimationPayload> {
    return written(context, {
      run: (call) => refreshEstimation(call, id),
      payloadOf: (verdict) => new RefreshCampaignRecipientEstimationPayload({ ...verdict, estimationJob: null }),
      about: () => ({ write: "refreshCampaignRecipientEstimation", targetId: id }),
    });
  }
}

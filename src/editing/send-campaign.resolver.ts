import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import { isSelected } from "../selection/selected-fields.js";
import { CampaignIdArgs } from "./campaign-id.args.js";
import { SendCampaignPayload } from "./send-campaign.payload.js";
import { written, type WritesContext } from "./writes.context.js";

@Resolver()
export class SendCampaignResolver {
  @RequiresScopes("campaigns:write")
  @Mutation(() => SendCampaignPayload, {
    description:
      "Sends a campaign, or schedules it, as its send strategy says. It is asked of Klaviyo once: if the answer is lost, the " +
      "campaign is looked at instead of asking again. Two calls for the same campaign at the same time are one. To stop it, use " +
      "`cancelCampaignSend`.",
  })
  async sendCampaign(
    @Args(() => CampaignIdArgs) { id }: CampaignIdArgs,
    @Ctx() context: WritesContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SendCampaignPayload> {
    const query = isSelected(info, "campaign") ? planRead(info, CAMPAIGN, { paths: [["campaign"]] }) : undefined;
    const { sendCampaign } = context;
    return written(context, {
      run: (call) => sendCampaign.send({ id, query }, call),
      payloadOf: (verdict) => new SendCampaignPayload({ ...verdict, sendJob: null, campaign: null }),
      about: () => ({ write: "sendCampaign", targetId: id }),
      progress: sendCampaign.progressOf(id),
    });
  }
}

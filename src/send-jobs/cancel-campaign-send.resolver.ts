import type { GraphQLResolveInfo } from "graphql";
import { Args, Ctx, Info, Mutation, Resolver } from "type-graphql";
import { RequiresScopes } from "../access/requires-scopes.js";
import type { Revision } from "../klaviyo/revisions.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import { CancelCampaignSendArgs } from "./cancel-campaign-send.args.js";
import type { CancelRequest } from "./cancel-request.js";
import { CancelCampaignSendPayload } from "./cancel-campaign-send.payload.js";
import type { CancelCampaignSendService } from "./cancel-campaign-send.service.js";

/** What a cancel leaves behind for those who will ask who pressed the button. */
export interface CancelRecord {
  readonly campaignId: string;
  readonly action: string;
  readonly revision: string;
  readonly outcome: string;
  readonly campaignStatus: string | null;
  readonly problem: string | null;
  readonly klaviyoErrorId: string | null;
}

/** What cancelling needs of a request. */
export interface CancelContext {
  /** Of the caller's account. */
  readonly cancelCampaignSend: CancelCampaignSendService;
  /** What is left of the gateway's time for the request and of its caller's, and whether its client has left. */
  readonly cancelLimits: () => Pick<CancelRequest, "remainingMs" | "patienceMs" | "isAbandoned">;
  /**
   * Called once for each cancel when it has been decided, whether or not anybody still waits for it. Who does is answered after it.
   */
  readonly onCancel: (record: CancelRecord) => Promise<void>;
}

@Resolver()
export class CancelCampaignSendResolver {
  @RequiresScopes("campaigns:cancel", "campaigns:write")
  @Mutation(() => CancelCampaignSendPayload, {
    description:
      "The emergency button: stops a campaign that is scheduled or being sent, and answers with what became of it. It waits a few " +
      "seconds for Klaviyo to act. Pressing it again is harmless, and two equal calls at the same time are one.",
  })
  cancelCampaignSend(
    @Args(() => CancelCampaignSendArgs) { id, revision, action }: CancelCampaignSendArgs,
    @Ctx() { cancelCampaignSend, cancelLimits, onCancel }: CancelContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CancelCampaignSendPayload> {
    const query = planRead(info, CAMPAIGN, { paths: [["campaign"]] });
    // The arguments' class let only supported revisions through.
    const request = { id, action, revision: revision as Revision, query, ...cancelLimits() };
    return cancelCampaignSend.cancel(request, (payload) => onCancel(recordOf(request, payload)));
  }
}

function recordOf(
  { id, action, revision }: Pick<CancelCampaignSendArgs, "id" | "action" | "revision">,
  { outcome, campaign, problem }: CancelCampaignSendPayload,
): CancelRecord {
  return {
    campaignId: id,
    action,
    revision,
    outcome,
    campaignStatus: campaign?.statusText ?? null,
    problem: problem?.code ?? null,
    klaviyoErrorId: problem?.klaviyoErrorId ?? null,
  };
}

import { CampaignResolver } from "../campaigns/campaign.resolver.js";
import { InvalidInputError, shown } from "../input/invalid-input-error.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import { isResourceId } from "../klaviyo/resource-id.js";
import { planRead } from "../selection/plan-read.js";
import { CAMPAIGN } from "../selection/resource-shapes.js";
import {
  CampaignSendJobResolver,
  type CampaignSendJobsContext,
  CampaignWithSendJobResolver,
} from "../send-jobs/campaign-send-job.resolver.js";
import { CancelCampaignSendResolver } from "../send-jobs/cancel-campaign-send.resolver.js";
import type { CancelCampaignSendService } from "../send-jobs/cancel-campaign-send.service.js";
import type { ReferenceResolvers, Representation } from "./entities.js";
import { buildSubgraph, type Subgraph } from "./subgraph.js";

export interface GatewaySchemaParts {
  readonly client: KlaviyoClient;
  readonly cancelCampaignSend: CancelCampaignSendService;
}

/** The whole graph of the gateway. */
export function buildGatewaySchema({ client, cancelCampaignSend }: GatewaySchemaParts): Subgraph {
  return buildSubgraph({
    resolvers: [CampaignResolver, CampaignSendJobResolver, CampaignWithSendJobResolver, CancelCampaignSendResolver],
    instances: [new CampaignResolver(client), new CancelCampaignSendResolver(cancelCampaignSend)],
    references: REFERENCES,
    directives: ["@key", "@shareable"],
    descriptions: {
      Query:
        "Campaigns and their send jobs, read from Klaviyo when they are asked for: nothing is cached between requests.",
      Mutation: "What can be done about a campaign. Several of these in one request run one after the other.",
    },
  });
}

const REFERENCES: ReferenceResolvers<CampaignSendJobsContext> = {
  Campaign: (representation, { campaigns }, info) =>
    campaigns.load(idOf(representation), planRead(info, CAMPAIGN, { onType: "Campaign" })),
  CampaignSendJob: (representation, { sendJobs }) => sendJobs.load(idOf(representation)),
};

function idOf({ __typename, id }: Representation): string {
  if (typeof id === "string" && isResourceId(id)) return id;
  const message = `${shown(id)} is not an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`;
  throw new InvalidInputError([{ field: `${String(__typename)}.id`, message }]);
}

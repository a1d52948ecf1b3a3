import {
  CampaignAudiencesResolver,
  CampaignWithAudiencesResolver,
  ListResolver,
  SegmentResolver,
} from "../audiences/audience.resolver.js";
import type { AudiencesContext } from "../audiences/audiences.context.js";
import { CampaignResolver } from "../campaigns/campaign.resolver.js";
import { CampaignWritesResolver } from "../editing/campaign-writes.resolver.js";
import { MessageWritesResolver } from "../editing/message-writes.resolver.js";
import { SendCampaignResolver } from "../editing/send-campaign.resolver.js";
import type { EstimationsContext } from "../estimations/estimations.context.js";
import {
  CampaignRecipientEstimationJobResolver,
  CampaignRecipientEstimationResolver,
  CampaignWithRecipientEstimationResolver,
} from "../estimations/recipient-estimation.resolver.js";
import { InvalidInputError, shown } from "../input/invalid-input-error.js";
import { isResourceId } from "../klaviyo/resource-id.js";
import { ImageResolver, TemplateResolver } from "../content/content.resolver.js";
import { CampaignMessageResolver, CampaignWithMessagesResolver } from "../messages/campaign-message.resolver.js";
import { MetricResolver } from "../metrics/metric.resolver.js";
import type { MetricsContext } from "../metrics/metrics.context.js";
import type { MessagesContext } from "../messages/messages.context.js";
import { planRead } from "../selection/plan-read.js";
import {
  CAMPAIGN,
  CAMPAIGN_MESSAGE,
  CAMPAIGN_RECIPIENT_ESTIMATION,
  CAMPAIGN_RECIPIENT_ESTIMATION_JOB,
  IMAGE,
  LIST,
  METRIC,
  SEGMENT,
  TAG,
  TAG_GROUP,
  TEMPLATE,
} from "../selection/resource-shapes.js";
import {
  CampaignSendJobResolver,
  type CampaignSendJobsContext,
  CampaignWithSendJobResolver,
} from "../send-jobs/campaign-send-job.resolver.js";
import { CancelCampaignSendResolver } from "../send-jobs/cancel-campaign-send.resolver.js";
import { CampaignWithStatisticsResolver } from "../statistics/campaign-statistics.resolver.js";
import { CampaignWithTagsResolver, TagGroupResolver, TagResolver } from "../tags/tag.resolver.js";
import type { TagsContext } from "../tags/tags.context.js";
import type { ReferenceResolvers, Representation } from "./entities.js";
import { buildSubgraph, type Subgraph } from "./subgraph.js";

export interface GatewaySchemaSettings {
  /**
   * Whether the SDL says which scopes are required. Where nobody checks callers it must not: a router that enforces scopes would let
   * nobody in. Default: true.
   */
  readonly publishesScopes?: boolean;
}

/** The whole graph of the gateway. Its resolvers hold nothing: whose account they work on, the context of each request says. */
export function buildGatewaySchema({ publishesScopes = true }: GatewaySchemaSettings = {}): Subgraph {
  return buildSubgraph({
    resolvers: RESOLVERS,
    references: REFERENCES,
    directives: [
      "@key",
      "@shareable",
      "@cost",
      "@listSize",
      ...(publishesScopes ? ["@authenticated", "@requiresScopes"] : []),
    ],
    unpublished: publishesScopes ? [] : ["authenticated", "requiresScopes"],
    descriptions: {
      Query:
        "Campaigns and what belongs to them, read from Klaviyo when they are asked for, or kept since a moment ago: see docs/frontend.md. A cancel always looks anew.",
      Mutation: "What can be done about a campaign. Several of these in one request run one after the other.",
    },
  });
}

const RESOLVERS = [
  CampaignResolver,
  CampaignSendJobResolver,
  CampaignWithSendJobResolver,
  CancelCampaignSendResolver,
  CampaignMessageResolver,
  CampaignWithMessagesResolver,
  TemplateResolver,
  ImageResolver,
  SendCampaignResolver,
  CampaignWritesResolver,
  MessageWritesResolver,
  TagResolver,
  CampaignWithTagsResolver,
  TagGroupResolver,
  MetricResolver,
  CampaignWithStatisticsResolver,
  ListResolver,
  SegmentResolver,
  CampaignAudiencesResolver,
  CampaignWithAudiencesResolver,
  CampaignRecipientEstimationResolver,
  CampaignRecipientEstimationJobResolver,
  CampaignWithRecipientEstimationResolver,
] as const;

type EntitiesContext = CampaignSendJobsContext &
  MessagesContext &
  TagsContext &
  AudiencesContext &
  MetricsContext &
  EstimationsContext;

/** Where `_entities` has what is selected of a type. Once, since it is looked for once for each representation. */
const ON = {
  Campaign: { onType: "Campaign" },
  CampaignMessage: { onType: "CampaignMessage" },
  Template: { onType: "Template" },
  Image: { onType: "Image" },
  Tag: { onType: "Tag" },
  TagGroup: { onType: "TagGroup" },
  List: { onType: "List" },
  Segment: { onType: "Segment" },
  Metric: { onType: "Metric" },
  CampaignRecipientEstimation: { onType: "CampaignRecipientEstimation" },
  CampaignRecipientEstimationJob: { onType: "CampaignRecipientEstimationJob" },
} as const;

const REFERENCES: ReferenceResolvers<EntitiesContext> = {
  Campaign: (representation, { campaigns }, info) =>
    campaigns.load(idOf(representation), planRead(info, CAMPAIGN, ON.Campaign)),
  CampaignSendJob: (representation, { sendJobs }) => sendJobs.load(idOf(representation)),
  CampaignMessage: (representation, { campaignMessages }, info) =>
    campaignMessages.load(idOf(representation), planRead(info, CAMPAIGN_MESSAGE, ON.CampaignMessage)),
  Template: (representation, { templates }, info) =>
    templates.load(idOf(representation), planRead(info, TEMPLATE, ON.Template)),
  Image: (representation, { images }, info) => images.load(idOf(representation), planRead(info, IMAGE, ON.Image)),
  Tag: (representation, { tags }, info) => tags.load(idOf(representation), planRead(info, TAG, ON.Tag)),
  TagGroup: (representation, { tagGroups }, info) =>
    tagGroups.load(idOf(representation), planRead(info, TAG_GROUP, ON.TagGroup)),
  List: (representation, { lists }, info) => lists.load(idOf(representation), planRead(info, LIST, ON.List)),
  Segment: (representation, { segments }, info) =>
    segments.load(idOf(representation), planRead(info, SEGMENT, ON.Segment)),
  Metric: (representation, { metrics }, info) => metrics.load(idOf(representation), planRead(info, METRIC, ON.Metric)),
  CampaignRecipientEstimation: (representation, { recipientEstimations }, info) => {
    const query = planRead(info, CAMPAIGN_RECIPIENT_ESTIMATION, ON.CampaignRecipientEstimation);
    return recipientEstimations.load(idOf(representation), query);
  },
  CampaignRecipientEstimationJob: (representation, { recipientEstimationJobs }, info) => {
    const query = planRead(info, CAMPAIGN_RECIPIENT_ESTIMATION_JOB, ON.CampaignRecipientEstimationJob);
    return recipientEstimationJobs.load(idOf(representation), query);
  },
};

function idOf({ __typename, id }: Representation): string {
  if (typeof id === "string" && isResourceId(id)) return id;
  const message = `${shown(id)} is not an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.`;
  throw new InvalidInputError([{ field: `${String(__typename)}.id`, message }]);
}

import type { GraphQLResolveInfo } from "graphql";
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
import type { ResourceLoader } from "../klaviyo/resource-loader.js";
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
  type ResourceShape,
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
import type { FoundEntities, ReferenceResolver, ReferenceResolvers, Representation } from "./entities.js";
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

const REFERENCES: ReferenceResolvers<EntitiesContext> = {
  Campaign: byId("Campaign", CAMPAIGN, ({ campaigns }) => campaigns),
  CampaignSendJob: byIds((ids, { sendJobs }) => sendJobs.loadAll(ids)),
  CampaignMessage: byId("CampaignMessage", CAMPAIGN_MESSAGE, ({ campaignMessages }) => campaignMessages),
  Template: byId("Template", TEMPLATE, ({ templates }) => templates),
  Image: byId("Image", IMAGE, ({ images }) => images),
  Tag: byId("Tag", TAG, ({ tags }) => tags),
  TagGroup: byId("TagGroup", TAG_GROUP, ({ tagGroups }) => tagGroups),
  List: byId("List", LIST, ({ lists }) => lists),
  Segment: byId("Segment", SEGMENT, ({ segments }) => segments),
  Metric: byId("Metric", METRIC, ({ metrics }) => metrics),
  CampaignRecipientEstimation: byId(
    "CampaignRecipientEstimation",
    CAMPAIGN_RECIPIENT_ESTIMATION,
    ({ recipientEstimations }) => recipientEstimations,
  ),
  CampaignRecipientEstimationJob: byId(
    "CampaignRecipientEstimationJob",
    CAMPAIGN_RECIPIENT_ESTIMATION_JOB,
    ({ recipientEstimationJobs }) => recipientEstimationJobs,
  ),
};

/** Entities that are read with what is selected of them. */
function byId(
  onType: string,
  shape: ResourceShape,
  loaderOf: (context: EntitiesContext) => ResourceLoader<object>,
): ReferenceResolver<EntitiesContext> {
  // Once, since what is selected is remembered by it.
  const place = { onType };
  return byIds((ids, context, info) => loaderOf(context).loadAll(ids, planRead(info, shape, place)));
}

/** Nobody is asked about what cannot be an id. */
function byIds(
  find: (ids: readonly string[], context: EntitiesContext, info: GraphQLResolveInfo) => Promise<FoundEntities>,
): ReferenceResolver<EntitiesContext> {
  return async (representations, context, info) => {
    const ids = representations.map(idOf);
    const valid = ids.filter((id) => typeof id === "string");
    const found = valid.length > 0 ? await find(valid, context, info) : [];
    if (valid.length === ids.length) return found;
    let taken = 0;
    return ids.map((id) => (typeof id === "string" ? (found[taken++] ?? null) : id));
  };
}

function idOf({ __typename, id }: Representation): string | InvalidInputError {
  if (typeof id === "string" && isResourceId(id)) return id;
  const type = String(__typename);
  return new InvalidInputError([{ field: `${type}.id`, message: faultOfId(type, id) }]);
}

const AN_ID = "an id of Klaviyo's: 1 to 64 letters, digits, hyphens and underscores.";

/** It is read by those who run a supergraph: what is wrong lies with their router, or with another subgraph's answer. */
function faultOfId(type: string, id: unknown): string {
  if (typeof id === "string") return `${shown(id)} is not ${AN_ID}`;
  const whose = `The representation of ${type} has`;
  if (id === undefined) return `${whose} no id. It is the key of ${type}, which a router has to send along: ${AN_ID}`;
  if (id === null)
    return `${whose} null for its id. A subgraph that has no ${type} to refer to must answer null in its place, not an object.`;
  return `${whose} ${shown(id)} for its id, where a text is needed: ${AN_ID}`;
}

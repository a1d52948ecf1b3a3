import { omitted, type Omission } from "./coverage.js";

/** How an operation of Klaviyo's is reached through the graph. */
export interface OperationCoverage {
  /** Fields that lead to it, as `Type.field`. */
  readonly fields: readonly string[];
  /** What shows it: a file of `schema/operations/`, or a document where none of those comes by here. */
  readonly shownBy: string;
  /** What is called in its place, if another operation brings the same with fewer calls. */
  readonly instead?: { readonly operation: string; readonly include: string };
  /** Called only where Klaviyo leaves out of a campaign what was asked to come along. */
  readonly isFallback?: true;
}

/**
 * Every operation of Klaviyo's OpenAPI document, by its operationId, and the field that reaches it. Tests run what each is shown by
 * and look for it on the wire; `npm run tables` makes docs/coverage.md of it.
 */
export const OPERATION_COVERAGE: Readonly<Record<string, OperationCoverage | Omission>> = {
  get_campaigns: { fields: ["Query.campaigns", "Query.campaignsOfChannels"], shownBy: "campaigns.graphql" },
  get_campaign: { fields: ["Query.campaign"], shownBy: "campaign.graphql" },
  create_campaign: { fields: ["Mutation.createCampaign"], shownBy: "create-campaign.graphql" },
  update_campaign: { fields: ["Mutation.updateCampaign"], shownBy: "update-campaign.graphql" },
  delete_campaign: { fields: ["Mutation.deleteCampaign"], shownBy: "delete-campaign.graphql" },
  create_campaign_clone: { fields: ["Mutation.cloneCampaign"], shownBy: "clone-campaign.graphql" },
  get_campaign_message: { fields: ["Query.campaignMessage"], shownBy: "campaign-message.graphql" },
  update_campaign_message: {
    fields: ["Mutation.updateCampaignMessage"],
    shownBy: "update-campaign-message.graphql",
  },
  assign_template_to_campaign_message: {
    fields: ["Mutation.assignTemplateToCampaignMessage"],
    shownBy: "assign-template-to-campaign-message.graphql",
  },
  get_campaign_send_job: {
    fields: ["Query.campaignSendJob", "Campaign.sendJob"],
    shownBy: "campaign-send-job.graphql",
  },
  send_campaign: { fields: ["Mutation.sendCampaign"], shownBy: "send-campaign.graphql" },
  cancel_campaign_send: { fields: ["Mutation.cancelCampaignSend"], shownBy: "cancel-campaign-send.graphql" },
  get_campaign_recipient_estimation: {
    fields: ["Query.campaignRecipientEstimation", "Campaign.recipientEstimation"],
    shownBy: "campaign-recipient-estimation.graphql",
  },
  get_campaign_recipient_estimation_job: {
    fields: ["Query.campaignRecipientEstimationJob"],
    shownBy: "campaign-recipient-estimation.graphql",
  },
  refresh_campaign_recipient_estimation: {
    fields: ["Mutation.refreshCampaignRecipientEstimation"],
    shownBy: "refresh-campaign-recipient-estimation.graphql",
  },
  get_campaign_for_campaign_message: including("CampaignMessage.campaign", "campaign"),
  get_campaign_id_for_campaign_message: including("CampaignMessage.campaign", "campaign"),
  get_template_for_campaign_message: including("CampaignMessage.template", "template"),
  get_template_id_for_campaign_message: including("CampaignMessage.template", "template"),
  get_image_for_campaign_message: including("CampaignMessage.image", "image"),
  get_image_id_for_campaign_message: including("CampaignMessage.image", "image"),
  update_image_for_campaign_message: {
    fields: ["Mutation.updateCampaignMessageImage"],
    shownBy: "update-campaign-message-image.graphql",
  },
  get_tags_for_campaign: {
    fields: ["Campaign.tags"],
    shownBy: "campaign.graphql",
    isFallback: true,
  },
  get_tag_ids_for_campaign: {
    fields: ["Campaign.tags"],
    shownBy: "campaign.graphql",
    instead: { operation: "get_campaign", include: "tags" },
  },
  get_messages_for_campaign: {
    fields: ["Campaign.messages", "CampaignMessage.template", "CampaignMessage.image"],
    shownBy: "campaign.graphql",
    isFallback: true,
  },
  get_message_ids_for_campaign: {
    fields: ["Campaign.messages"],
    shownBy: "campaign.graphql",
    instead: { operation: "get_campaign", include: "campaign-messages" },
  },
  get_images: {
    fields: ["CampaignMessage.image"],
    shownBy: entities("Image", ["7", "14254"], "name"),
  },
  get_image: { fields: ["Query.image"], shownBy: "image.graphql" },
  get_lists: {
    fields: ["Query.list", "CampaignAudiences.included", "CampaignAudiences.excluded"],
    shownBy: "list.graphql",
  },
  get_list: { fields: ["List.profileCount"], shownBy: "list.graphql" },
  get_segments: {
    fields: ["Query.segment", "CampaignAudiences.included", "CampaignAudiences.excluded"],
    shownBy: "segment.graphql",
  },
  get_segment: { fields: ["Segment.profileCount"], shownBy: "segment.graphql" },
  get_tags: { fields: ["Query.tags"], shownBy: "tags.graphql" },
  get_tag: { fields: ["Query.tag"], shownBy: "tag.graphql" },
  get_tag_groups: {
    fields: ["Query.tagGroups"],
    shownBy: "tag-groups.graphql",
  },
  get_tag_group: { fields: ["Query.tagGroup"], shownBy: "tag-group.graphql" },
  get_tag_group_for_tag: {
    fields: ["Tag.group"],
    shownBy: "tag.graphql",
    instead: { operation: "get_tag", include: "tag-group" },
  },
  get_tag_group_id_for_tag: {
    fields: ["Tag.group"],
    shownBy: "tag.graphql",
    instead: { operation: "get_tag", include: "tag-group" },
  },
  get_campaign_ids_for_tag: omitted(
    "Ids alone, all on one page and archived campaigns among them: it cannot be paged, and would cost a call for each tag.",
  ),
  get_templates: {
    fields: ["CampaignMessage.template"],
    shownBy: entities("Template", ["RipRmi", "TmP4sA", "gone"], "name"),
  },
  get_template: { fields: ["Query.template"], shownBy: "template.graphql" },
  get_metrics: { fields: ["Query.metrics"], shownBy: "metrics.graphql" },
  get_metric: { fields: ["Query.metric"], shownBy: "metric.graphql" },
  query_campaign_values: { fields: ["Campaign.statistics"], shownBy: "campaign-statistics.graphql" },
};

/** What a message links to comes along with it. */
function including(field: string, include: string): OperationCoverage {
  const instead = { operation: "get_campaign_message", include };
  return { fields: [field], shownBy: "campaign-message.graphql", instead };
}

/** What a supergraph's router asks for. */
function entities(typename: string, ids: readonly string[], selection: string): string {
  const representations = ids.map((id) => `{ __typename: "${typename}", id: "${id}" }`).join(", ");
  return `{ _entities(representations: [${representations}]) { ... on ${typename} { ${selection} } } }`;
}

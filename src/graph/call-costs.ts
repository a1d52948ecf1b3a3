import { CAMPAIGNS_PAGE_MAXIMUM } from "../klaviyo/campaigns-api.js";
import { TAGS_PAGE_MAXIMUM } from "../tags/list-tags.js";

/** What a field costs in Klaviyo calls, as the loaders behind it make them. */
export interface CallCost {
  /** Klaviyo calls for one object, or for one batch of them. */
  readonly calls: number;
  /** So many objects share their calls. Default: 1. */
  readonly batch?: number;
  /** The argument that is a list, each item of which costs the calls. */
  readonly forEach?: string;
}

/** How many objects a list holds, as far as that is known before it is read. */
export interface ListSize {
  /** Taken where `argument` is not given. */
  readonly assumed: number;
  readonly argument?: string;
  /** The most that `argument` may ask for: the field refuses more. */
  readonly maximum?: number;
  /** The fields that hold the objects, if it is not the field itself. */
  readonly fields?: readonly string[];
}

/** A batch of campaigns is one list for each channel at most. */
const CAMPAIGN_BATCH: CallCost = { calls: 3, batch: 100 };
const ONE: CallCost = { calls: 1 };
/** Asking, and looking what became of it. */
const WRITE: CallCost = { calls: 2 };
/** An id may be a list or a segment: both are asked for, ten ids a call. Two campaigns have some ten ids. */
const AUDIENCES: CallCost = { calls: 2, batch: 2 };

/**
 * The fields that cause Klaviyo calls. What comes along with its parent is not here. It is an estimate: what batches save is counted,
 * what ids cost that no batch has is not, nor what empty pages of Klaviyo's cost. The limit on an operation's cost reads this table, and
 * so do routers, as `@cost`.
 */
export const CALL_COSTS: Readonly<Record<string, CallCost>> = {
  "Query.list": ONE,
  "Query.segment": ONE,
  "Query.campaign": ONE,
  "Query.campaigns": ONE,
  "Query.campaignsOfChannels": { calls: 1, forEach: "channels" },
  "Query.campaignRecipientEstimation": ONE,
  "Query.campaignRecipientEstimationJob": ONE,
  "Query.template": ONE,
  "Query.image": ONE,
  "Query.campaignMessage": ONE,
  "Query.campaignSendJob": ONE,
  "Query.tag": ONE,
  "Query.tags": ONE,
  "Query.tagGroup": ONE,
  "Query.tagGroups": ONE,
  "Query.metric": ONE,
  "Query.metrics": ONE,
  "Campaign.sendJob": ONE,
  "Campaign.recipientEstimation": ONE,
  "Campaign.statistics": { calls: 1, batch: 100 },
  "CampaignAudiences.included": AUDIENCES,
  "CampaignAudiences.excluded": AUDIENCES,
  "CampaignMessage.campaign": CAMPAIGN_BATCH,
  "CampaignMessage.template": ONE,
  "CampaignMessage.image": ONE,
  "CampaignRecipientEstimation.campaign": CAMPAIGN_BATCH,
  "CampaignSendJob.campaign": CAMPAIGN_BATCH,
  "List.profileCount": ONE,
  "Segment.profileCount": ONE,
  "Tag.group": { calls: 1, batch: 50 },
  "Mutation.cancelCampaignSend": WRITE,
  "Mutation.sendCampaign": WRITE,
  "Mutation.createCampaign": WRITE,
  "Mutation.updateCampaign": WRITE,
  "Mutation.deleteCampaign": WRITE,
  "Mutation.cloneCampaign": WRITE,
  "Mutation.refreshCampaignRecipientEstimation": WRITE,
  "Mutation.updateCampaignMessage": WRITE,
  "Mutation.assignTemplateToCampaignMessage": WRITE,
  "Mutation.updateCampaignMessageImage": WRITE,
};

/** What finding an entity by its key costs; one call each where nothing else is said. */
export const ENTITY_COSTS: Readonly<Record<string, CallCost>> = {
  Campaign: CAMPAIGN_BATCH,
  List: { calls: 1, batch: 10 },
  Segment: { calls: 1, batch: 10 },
  Template: { calls: 1, batch: 10 },
  Image: { calls: 1, batch: 100 },
  Tag: { calls: 1, batch: 50 },
  TagGroup: { calls: 1, batch: 25 },
};

const CAMPAIGNS_PAGE: ListSize = {
  assumed: 20,
  argument: "first",
  maximum: CAMPAIGNS_PAGE_MAXIMUM,
  fields: ["nodes", "edges"],
};

export const LIST_SIZES: Readonly<Record<string, ListSize>> = {
  "Query.campaigns": CAMPAIGNS_PAGE,
  "Query.campaignsOfChannels": CAMPAIGNS_PAGE,
  "Query.tags": { assumed: 50, argument: "first", maximum: TAGS_PAGE_MAXIMUM, fields: ["nodes", "edges"] },
  "Query.tagGroups": { assumed: 25, fields: ["nodes"] },
  "Query.metrics": { assumed: 200, fields: ["nodes"] },
  // A message for each variation; most campaigns have one.
  "Campaign.messages": { assumed: 2 },
  "Campaign.tags": { assumed: 5 },
  "CampaignAudiences.included": { assumed: 5 },
  "CampaignAudiences.excluded": { assumed: 5 },
};

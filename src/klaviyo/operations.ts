import type { RateTier } from "../resilience/call-ledger.js";
import { type Freshness, LISTING, REFERENCE, STATE, type Subject } from "./freshness.js";

interface AnyOperation {
  /** Klaviyo's operationId. */
  readonly name: string;
  /** Without the trailing slash that old revisions add; `{id}` is replaced by the checked, encoded id. */
  readonly path: string;
  /** What the API key must be allowed to do. */
  readonly scopes: readonly string[];
  /** Whether success comes with a document. Where it does not, it has no body, and what one says is not read. */
  readonly answersDocument: boolean;
  /** What Klaviyo grants an account for this endpoint. */
  readonly limit: RateTier;
  /** Parameters whose use counts against a second, narrower limit as well. */
  readonly costly?: Readonly<Record<string, RateTier>>;
  /** How much cancels need it, 0 to 1: so much of the share that is configured is kept for them of its limit. */
  readonly cancelNeed?: number;
}

export interface ReadOperation extends AnyOperation {
  readonly method: "GET";
  /** How long an answer may stand for the next one. */
  readonly freshness: Freshness;
}

export interface WriteOperation extends AnyOperation {
  readonly method: "POST" | "PATCH" | "DELETE";
  /** What was read about it before is no longer good; undefined for a question in a POST. */
  readonly changes: Subject | undefined;
}

export type Operation = ReadOperation | WriteOperation;

// Klaviyo's own names for its tiers.
const SMALL: RateTier = { perSecond: 3, perMinute: 60 };
const MEDIUM: RateTier = { perSecond: 10, perMinute: 150 };
const LARGE: RateTier = { perSecond: 75, perMinute: 750 };
const PROFILE_COUNT: RateTier = { perSecond: 1, perMinute: 15 };

/** One declaration for each Klaviyo operation that the gateway uses. Source: Klaviyo's OpenAPI document, revision 2026-07-15. */
export const OPERATIONS = {
  // One look at the list is for all cancels that wait at that moment, and who finds no room looks at its send job.
  getCampaigns: get("get_campaigns", "/api/campaigns", ["campaigns:read"], MEDIUM, LISTING, { cancelNeed: 0.2 }),
  getCampaign: get("get_campaign", "/api/campaigns/{id}", ["campaigns:read"], MEDIUM, STATE, { cancelNeed: 1 }),
  getMessagesForCampaign: get(
    "get_messages_for_campaign",
    "/api/campaigns/{id}/campaign-messages",
    ["campaigns:read"],
    MEDIUM,
    STATE,
  ),
  getTagsForCampaign: get(
    "get_tags_for_campaign",
    "/api/campaigns/{id}/tags",
    ["campaigns:read", "tags:read"],
    SMALL,
    STATE,
  ),
  getCampaignMessage: get("get_campaign_message", "/api/campaign-messages/{id}", ["campaigns:read"], MEDIUM, STATE),
  getCampaignSendJob: get("get_campaign_send_job", "/api/campaign-send-jobs/{id}", ["campaigns:read"], MEDIUM, STATE, {
    cancelNeed: 1,
  }),
  getCampaignRecipientEstimation: get(
    "get_campaign_recipient_estimation",
    "/api/campaign-recipient-estimations/{id}",
    ["campaigns:read"],
    MEDIUM,
    STATE,
  ),
  getCampaignRecipientEstimationJob: get(
    "get_campaign_recipient_estimation_job",
    "/api/campaign-recipient-estimation-jobs/{id}",
    ["campaigns:read"],
    MEDIUM,
    STATE,
  ),
  getLists: get("get_lists", "/api/lists", ["lists:read"], LARGE, REFERENCE),
  getList: get("get_list", "/api/lists/{id}", ["lists:read"], LARGE, REFERENCE, {
    costly: { "additional-fields[list]": PROFILE_COUNT },
  }),
  getSegments: get("get_segments", "/api/segments", ["segments:read"], LARGE, REFERENCE),
  getSegment: get("get_segment", "/api/segments/{id}", ["segments:read"], LARGE, REFERENCE, {
    costly: { "additional-fields[segment]": PROFILE_COUNT },
  }),
  getTags: get("get_tags", "/api/tags", ["tags:read"], SMALL, REFERENCE),
  getTag: get("get_tag", "/api/tags/{id}", ["tags:read"], SMALL, REFERENCE),
  getTagGroups: get("get_tag_groups", "/api/tag-groups", ["tags:read"], SMALL, REFERENCE),
  getTagGroup: get("get_tag_group", "/api/tag-groups/{id}", ["tags:read"], SMALL, REFERENCE),
  getTemplates: get("get_templates", "/api/templates", ["templates:read"], LARGE, REFERENCE),
  getTemplate: get("get_template", "/api/templates/{id}", ["templates:read"], LARGE, REFERENCE),
  getImages: get("get_images", "/api/images", ["images:read"], MEDIUM, REFERENCE),
  getImage: get("get_image", "/api/images/{id}", ["images:read"], MEDIUM, REFERENCE),
  getMetrics: get("get_metrics", "/api/metrics", ["metrics:read"], MEDIUM, REFERENCE),
  getMetric: get("get_metric", "/api/metrics/{id}", ["metrics:read"], MEDIUM, REFERENCE),
  /** A question in a POST: it changes nothing. */
  queryCampaignValues: {
    name: "query_campaign_values",
    method: "POST",
    path: "/api/campaign-values-reports",
    scopes: ["campaigns:read"],
    answersDocument: true,
    limit: { perSecond: 1, perMinute: 2, perDay: 225 },
    changes: undefined,
  },
  cancelCampaignSend: {
    name: "cancel_campaign_send",
    method: "PATCH",
    path: "/api/campaign-send-jobs/{id}",
    scopes: ["campaigns:write"],
    answersDocument: false,
    limit: MEDIUM,
    changes: "campaigns",
  },
  sendCampaign: {
    name: "send_campaign",
    method: "POST",
    path: "/api/campaign-send-jobs",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  createCampaign: {
    name: "create_campaign",
    method: "POST",
    path: "/api/campaigns",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  updateCampaign: {
    name: "update_campaign",
    method: "PATCH",
    path: "/api/campaigns/{id}",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  deleteCampaign: {
    name: "delete_campaign",
    method: "DELETE",
    path: "/api/campaigns/{id}",
    scopes: ["campaigns:write"],
    answersDocument: false,
    limit: MEDIUM,
    changes: "campaigns",
  },
  cloneCampaign: {
    name: "create_campaign_clone",
    method: "POST",
    path: "/api/campaign-clone",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  refreshCampaignRecipientEstimation: {
    name: "refresh_campaign_recipient_estimation",
    method: "POST",
    path: "/api/campaign-recipient-estimation-jobs",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  updateCampaignMessage: {
    name: "update_campaign_message",
    method: "PATCH",
    path: "/api/campaign-messages/{id}",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  assignTemplateToCampaignMessage: {
    name: "assign_template_to_campaign_message",
    method: "POST",
    path: "/api/campaign-message-assign-template",
    scopes: ["campaigns:write"],
    answersDocument: true,
    limit: MEDIUM,
    changes: "campaigns",
  },
  updateCampaignMessageImage: {
    name: "update_image_for_campaign_message",
    method: "PATCH",
    path: "/api/campaign-messages/{id}/relationships/image",
    scopes: ["campaigns:write", "images:read"],
    answersDocument: false,
    limit: MEDIUM,
    changes: "campaigns",
  },
} as const satisfies Record<string, Operation>;

function get(
  name: string,
  path: string,
  scopes: readonly string[],
  limit: RateTier,
  freshness: Freshness,
  more: Pick<Operation, "costly" | "cancelNeed"> = {},
): ReadOperation {
  return { name, method: "GET", path, scopes, answersDocument: true, limit, freshness, ...more };
}

export interface Operation {
  /** Klaviyo's operationId. */
  readonly name: string;
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Without the trailing slash that old revisions add; `{id}` is replaced by the checked, encoded id. */
  readonly path: string;
  /** What the API key must be allowed to do. */
  readonly scopes: readonly string[];
  /** Whether success comes with a document. Where it does not, it has no body, and what one says is not read. */
  readonly answersDocument: boolean;
}

/** One declaration for each Klaviyo operation that the gateway uses. Source: Klaviyo's OpenAPI document, revision 2026-07-15. */
export const OPERATIONS = {
  getCampaigns: get("get_campaigns", "/api/campaigns", ["campaigns:read"]),
  getCampaign: get("get_campaign", "/api/campaigns/{id}", ["campaigns:read"]),
  getMessagesForCampaign: get("get_messages_for_campaign", "/api/campaigns/{id}/campaign-messages", ["campaigns:read"]),
  getTagsForCampaign: get("get_tags_for_campaign", "/api/campaigns/{id}/tags", ["campaigns:read", "tags:read"]),
  getCampaignMessage: get("get_campaign_message", "/api/campaign-messages/{id}", ["campaigns:read"]),
  getCampaignSendJob: get("get_campaign_send_job", "/api/campaign-send-jobs/{id}", ["campaigns:read"]),
  getCampaignRecipientEstimation: get("get_campaign_recipient_estimation", "/api/campaign-recipient-estimations/{id}", [
    "campaigns:read",
  ]),
  getCampaignRecipientEstimationJob: get(
    "get_campaign_recipient_estimation_job",
    "/api/campaign-recipient-estimation-jobs/{id}",
    ["campaigns:read"],
  ),
  getLists: get("get_lists", "/api/lists", ["lists:read"]),
  getList: get("get_list", "/api/lists/{id}", ["lists:read"]),
  getSegments: get("get_segments", "/api/segments", ["segments:read"]),
  getSegment: get("get_segment", "/api/segments/{id}", ["segments:read"]),
  getTags: get("get_tags", "/api/tags", ["tags:read"]),
  getTag: get("get_tag", "/api/tags/{id}", ["tags:read"]),
  getTagGroups: get("get_tag_groups", "/api/tag-groups", ["tags:read"]),
  getTagGroup: get("get_tag_group", "/api/tag-groups/{id}", ["tags:read"]),
  getTemplates: get("get_templates", "/api/templates", ["templates:read"]),
  getTemplate: get("get_template", "/api/templates/{id}", ["templates:read"]),
  getImages: get("get_images", "/api/images", ["images:read"]),
  getImage: get("get_image", "/api/images/{id}", ["images:read"]),
  cancelCampaignSend: {
    name: "cancel_campaign_send",
    method: "PATCH",
    path: "/api/campaign-send-jobs/{id}",
    scopes: ["campaigns:write"],
    answersDocument: false,
  },
  sendCampaign: {
    name: "send_campaign",
    method: "POST",
    path: "/api/campaign-send-jobs",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  createCampaign: {
    name: "create_campaign",
    method: "POST",
    path: "/api/campaigns",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  updateCampaign: {
    name: "update_campaign",
    method: "PATCH",
    path: "/api/campaigns/{id}",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  deleteCampaign: {
    name: "delete_campaign",
    method: "DELETE",
    path: "/api/campaigns/{id}",
    scopes: ["campaigns:write"],
    answersDocument: false,
  },
  cloneCampaign: {
    name: "create_campaign_clone",
    method: "POST",
    path: "/api/campaign-clone",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  refreshCampaignRecipientEstimation: {
    name: "refresh_campaign_recipient_estimation",
    method: "POST",
    path: "/api/campaign-recipient-estimation-jobs",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  updateCampaignMessage: {
    name: "update_campaign_message",
    method: "PATCH",
    path: "/api/campaign-messages/{id}",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  assignTemplateToCampaignMessage: {
    name: "assign_template_to_campaign_message",
    method: "POST",
    path: "/api/campaign-message-assign-template",
    scopes: ["campaigns:write"],
    answersDocument: true,
  },
  updateCampaignMessageImage: {
    name: "update_image_for_campaign_message",
    method: "PATCH",
    path: "/api/campaign-messages/{id}/relationships/image",
    scopes: ["campaigns:write", "images:read"],
    answersDocument: false,
  },
} as const satisfies Record<string, Operation>;

function get(name: string, path: string, scopes: readonly string[]): Operation & { readonly method: "GET" } {
  return { name, method: "GET", path, scopes, answersDocument: true };
}

export interface Operation {
  /** Klaviyo's operationId. */
  readonly name: string;
  readonly method: "GET" | "PATCH";
  /** Without the trailing slash that old revisions add; `{id}` is replaced by the checked, encoded id. */
  readonly path: string;
  /** What the API key must be allowed to do. */
  readonly scopes: readonly string[];
}

/** One declaration for each Klaviyo operation that the gateway uses. Source: Klaviyo's OpenAPI document, revision 2026-07-15. */
export const OPERATIONS = {
  getCampaigns: {
    name: "get_campaigns",
    method: "GET",
    path: "/api/campaigns",
    scopes: ["campaigns:read"],
  },
  getCampaign: {
    name: "get_campaign",
    method: "GET",
    path: "/api/campaigns/{id}",
    scopes: ["campaigns:read"],
  },
  getCampaignSendJob: {
    name: "get_campaign_send_job",
    method: "GET",
    path: "/api/campaign-send-jobs/{id}",
    scopes: ["campaigns:read"],
  },
  cancelCampaignSend: {
    name: "cancel_campaign_send",
    method: "PATCH",
    path: "/api/campaign-send-jobs/{id}",
    scopes: ["campaigns:write"],
  },
} as const satisfies Record<string, Operation>;

import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { Call } from "../route.js";
import { requireScopes } from "../rules/authorization.js";
import { listOf } from "../rules/query.js";
import { messageResources } from "./campaign-message-resource.js";
import type { Resource } from "./document.js";
import { tagResource } from "./tag-resource.js";

/** What `include` asks for, each resource once; undefined when it asks for nothing. */
export function includedOf(campaigns: readonly SimulatedCampaign[], call: Call): readonly Resource[] | undefined {
  const names = listOf(call.query, "include");
  if (names === undefined) return undefined;
  // A9: the documentation does not say whether tags that ride along need the scope of tags.
  if (names.includes("tags")) requireScopes(call.scopes, ["tags:read"]);
  const resources = campaigns.flatMap((campaign) => [
    ...(names.includes("campaign-messages") ? messageResources(campaign, call) : []),
    ...(names.includes("tags") ? (campaign.seed.tags ?? []).map((tag) => tagResource(tag, call)) : []),
  ]);
  return [...new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource])).values()];
}

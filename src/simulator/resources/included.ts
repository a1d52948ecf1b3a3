import type { FoundMessage } from "../campaigns/campaign-store.js";
import type { SimulatedCampaign } from "../campaigns/simulated-campaign.js";
import type { Call } from "../route.js";
import { requireScopes } from "../rules/authorization.js";
import { listOf } from "../rules/query.js";
import { messageResources } from "./campaign-message-resource.js";
import { campaignResource } from "./campaign-resource.js";
import { asIncluded, type IncludedResources, type Resource } from "./document.js";
import { imageResource } from "./image-resource.js";
import { tagGroupResource } from "./tag-group-resource.js";
import { tagResource } from "./tag-resource.js";
import { templateResource } from "./template-resource.js";

// A9: the documentation does not say whether what rides along needs its own scope.
const SCOPES: Readonly<Record<string, string>> = {
  tags: "tags:read",
  template: "templates:read",
  image: "images:read",
  "flow-triggers": "flows:read",
};

/** What one resource brings along under a name of `include`. */
type Related<T> = Readonly<Record<string, (item: T) => readonly Resource[]>>;

/** What `include` asks for, each resource once; undefined when it asks for nothing. */
export function includedOf(campaigns: readonly SimulatedCampaign[], call: Call): IncludedResources {
  return gather(campaigns, call, {
    "campaign-messages": (campaign) => messageResources(campaign, call),
    tags: (campaign) => tagResources(campaign.tags, call),
  });
}

export function includedOfMessages(messages: readonly FoundMessage[], call: Call): IncludedResources {
  return gather(messages, call, {
    campaign: ({ campaign }) => [campaignResource(campaign, call)],
    template: ({ message }) => some(call.account.template(message.details.templateId ?? ""), templateResource, call),
    image: ({ message }) => some(call.account.images.get(message.details.imageId ?? ""), imageResource, call),
  });
}

/** Of lists and segments. A30: the account has no flows, so none is triggered by them. */
export function includedOfAudiences(
  audiences: readonly { readonly tagIds?: readonly string[] }[],
  call: Call,
): IncludedResources {
  const { tags } = call.account;
  return gather(audiences, call, {
    tags: ({ tagIds = [] }) => tagIds.flatMap((id) => some(tags.get(id), tagResource, call)),
    "flow-triggers": () => [],
  });
}

export function includedOfTags(tags: readonly { readonly id: string }[], call: Call): IncludedResources {
  const { account } = call;
  return gather(tags, call, {
    "tag-group": ({ id }) => {
      const tag = account.tags.get(id);
      return some(tag && account.groupOf(tag), tagGroupResource, call);
    },
  });
}

export function tagResources(tags: readonly { readonly id: string }[], call: Call): readonly Resource[] {
  return tags.flatMap(({ id }) => some(call.account.tags.get(id), tagResource, call));
}

function gather<T>(items: readonly T[], call: Call, related: Related<T>): IncludedResources {
  const names = listOf(call.query, "include");
  if (names === undefined) return undefined;
  requireScopes(
    call.scopes,
    names.flatMap((name) => SCOPES[name] ?? []),
  );
  const resources = items.flatMap((item) => names.flatMap((name) => related[name]?.(item) ?? []));
  return asIncluded(resources, call);
}

function some<T>(item: T | undefined, toResource: (item: T, call: Call) => Resource, call: Call): readonly Resource[] {
  return item === undefined ? [] : [toResource(item, call)];
}

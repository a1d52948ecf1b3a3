import { any, equals } from "./filter.js";
import { STATE } from "./freshness.js";
import type { Page, Resource } from "./json-api.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import { OPERATIONS } from "./operations.js";
import type { ReadLimits } from "./reading.js";
import type { ResourceQuery } from "./resource-query.js";
import { getPage, getResource, type PageRequest } from "./resources-api.js";

/** The channels that `GET /api/campaigns` can be asked for; it demands exactly one. */
export const CHANNELS = ["email", "sms", "mobile_push"] as const;
export type Channel = (typeof CHANNELS)[number];

/** The largest page, and so the largest number of ids that one `any(id,[...])` can ask for. */
export const CAMPAIGNS_PAGE_MAXIMUM = 100;

/** @returns null when Klaviyo has no such campaign. @throws KlaviyoError */
export function getCampaign(
  client: KlaviyoClient,
  id: string,
  query: ResourceQuery,
  limits: ReadLimits,
): Promise<Resource | null> {
  return getResource(client, OPERATIONS.getCampaign, id, query, limits);
}

export interface CampaignsQuery extends Omit<PageRequest, "id"> {
  readonly channel: Channel;
  /** At most {@link CAMPAIGNS_PAGE_MAXIMUM}. */
  readonly ids?: readonly string[];
  /** Klaviyo lists those that are archived or those that are not, never both. */
  readonly archived?: boolean;
}

/** @throws KlaviyoError */
export function getCampaigns(client: KlaviyoClient, query: CampaignsQuery, limits: ReadLimits): Promise<Page> {
  const { channel, ids, archived, filter: more = [], ...request } = query;
  const filter = [
    equals("messages.channel", channel),
    ...(ids ? [any("id", ids)] : []),
    ...(archived === undefined ? [] : [equals("archived", archived)]),
    ...more,
  ];
  // Who asks by id wants to know about these campaigns, just as who asks for one.
  const freshness = ids && { freshness: STATE };
  return getPage(client, OPERATIONS.getCampaigns, { ...request, ...freshness, filter }, limits);
}

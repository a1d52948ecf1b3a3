import { and, any, equals } from "./filter.js";
import { decodePage, decodeResource, type Page, type Resource } from "./json-api.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import { OPERATIONS } from "./operations.js";
import { decoded, nullWhenNotFound, type ReadLimits } from "./reading.js";

/** The channels that `GET /api/campaigns` can be asked for; it demands exactly one. */
export const CHANNELS = ["email", "sms", "mobile_push"] as const;
export type Channel = (typeof CHANNELS)[number];

/** The largest page, and so the largest number of ids that one `any(id,[...])` can ask for. */
export const CAMPAIGNS_PAGE_MAXIMUM = 100;

/** Attributes of `fields[campaign]`, the sparse fieldset; an empty list asks for the id alone. */
export type CampaignFields = readonly string[];

/** @returns null when Klaviyo has no such campaign. @throws KlaviyoError */
export async function getCampaign(
  client: KlaviyoClient,
  id: string,
  fields: CampaignFields,
  limits: ReadLimits,
): Promise<Resource | null> {
  return nullWhenNotFound(async () => {
    const document = await client.call(OPERATIONS.getCampaign, { ...limits, id, query: [fieldset(fields)] });
    return decoded(OPERATIONS.getCampaign, () => decodeResource(document, "campaign", id));
  });
}

export interface CampaignsQuery {
  readonly channel: Channel;
  /** At most {@link CAMPAIGNS_PAGE_MAXIMUM}. */
  readonly ids?: readonly string[];
  /** Left out, Klaviyo answers with the campaigns that are not archived. */
  readonly archived?: boolean;
  readonly pageSize: number;
  readonly cursor?: string | undefined;
  readonly fields: CampaignFields;
}

/** @throws KlaviyoError */
export async function getCampaigns(client: KlaviyoClient, query: CampaignsQuery, limits: ReadLimits): Promise<Page> {
  const filter = and([
    equals("messages.channel", query.channel),
    ...(query.ids ? [any("id", query.ids)] : []),
    ...(query.archived === undefined ? [] : [equals("archived", query.archived)]),
  ]);
  const document = await client.call(OPERATIONS.getCampaigns, {
    ...limits,
    query: [
      ["filter", filter],
      fieldset(query.fields),
      ["page[size]", String(query.pageSize)],
      ...(query.cursor === undefined ? [] : [["page[cursor]", query.cursor] as const]),
    ],
  });
  return decoded(OPERATIONS.getCampaigns, () => decodePage(document, "campaign"));
}

function fieldset(fields: CampaignFields): readonly [string, string] {
  return ["fields[campaign]", fields.length === 0 ? "id" : fields.join(",")];
}

import type { Resource } from "../klaviyo/json-api.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { CampaignMessage } from "./campaign-message.type.js";
import type { MessagesSlice } from "./messages.context.js";

/** One of the things that a message links to. */
export interface Relation<TView> {
  /** Klaviyo's name of the relationship. */
  readonly name: "campaign" | "template" | "image";
  /** What is wanted of it. */
  readonly query: ResourceQuery;
  readonly view: (resource: Resource) => TView;
  readonly load: (id: string, query: ResourceQuery) => Promise<TView | null>;
}

/**
 * What a message links to, with the fewest calls that the document at hand permits: none if it came along, one that is shared with
 * others if its id is known, and else one for the message, or for all messages of its campaign, which brings it along.
 * @returns null where there is none. @throws KlaviyoError
 */
export async function findRelated<TView>(
  message: CampaignMessage,
  relation: Relation<TView>,
  loaders: MessagesSlice,
): Promise<TView | null> {
  const known = lookUp(message, relation);
  if (known !== undefined) return known;
  const { type, attributes } = relation.query;
  const include = { [relation.name]: { type, attributes } };
  const complete = await readAgain(message, { type: "campaign-message", attributes: [], include }, loaders);
  return (complete && lookUp(complete, relation)) ?? null;
}

/** The variations of an A/B test are one call together. What their campaign does not have need not be gone: that is asked of it alone. */
async function readAgain(
  { id, campaignId }: CampaignMessage,
  query: ResourceQuery,
  { campaignMessages, messagesOfCampaign }: MessagesSlice,
): Promise<CampaignMessage | null> {
  const ofCampaign = campaignId === undefined ? null : await messagesOfCampaign.load(campaignId, query);
  return ofCampaign?.find((message) => message.id === id) ?? campaignMessages.load(id, query);
}

/** @returns undefined where the document does not say */
function lookUp<TView>(
  message: CampaignMessage,
  { name, query, view, load }: Relation<TView>,
): Promise<TView | null> | TView | null | undefined {
  const resource = message.cameAlong(name, query.type);
  // Klaviyo includes one level deep: what itself is to bring something along has to be read as such.
  if (resource && Object.keys(query.include).length === 0) return view(resource);
  const id = message.linkedId(name, query.type);
  return typeof id === "string" ? load(id, query) : id;
}

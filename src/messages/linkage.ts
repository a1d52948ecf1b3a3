import { isRecord } from "../json/is-record.js";
import type { Resource } from "../klaviyo/json-api.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";

/** The message of a campaign that we came from: where it belongs is known, whether or not the document says so. */
export function ofCampaign(message: Resource, id: string): Resource {
  return withLink(message, "campaign", { type: "campaign", id });
}

/**
 * The linkage of what was asked to come along is there if there is any. Where it is missing, the message has no such thing: a text
 * message has no template. Without this, nothing would look like not knowing, and be asked for again.
 */
export function withIncludesSettled(message: Resource, { include }: ResourceQuery): Resource {
  const silent = Object.keys(include).filter((name) => !hasLinkage(message, name));
  return silent.reduce((settled, name) => withLink(settled, name, null), message);
}

function hasLinkage({ relationships }: Resource, name: string): boolean {
  const link = relationships[name];
  return isRecord(link) && link["data"] !== undefined;
}

function withLink(message: Resource, name: string, data: object | null): Resource {
  return { ...message, relationships: { ...message.relationships, [name]: { data } } };
}

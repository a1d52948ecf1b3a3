import { jsonAnswer, type Answer } from "../http/answer.js";
import type { JsonObject } from "../json.js";
import type { Call } from "../route.js";
import { answerType, pathSuffix } from "../rules/wire-form.js";

/** A resource in a JSON:API document. */
export interface Resource {
  readonly type: string;
  readonly id: string;
  readonly attributes: JsonObject;
  readonly relationships?: JsonObject;
  readonly links: { readonly self: string };
}

/** undefined: nothing was asked to be included. */
export type IncludedResources = readonly Resource[] | undefined;

/** Another resource by its type and id only. */
export interface Identifier {
  readonly type: string;
  readonly id: string;
}

/** A document around one resource; `links` came with 2026-01-15. */
export function singleAnswer(call: Call, status: number, data: Resource, included?: readonly Resource[]): Answer {
  const links = call.revision < "2026-01-15" ? {} : { links: { self: data.links.self } };
  const document = { data, ...(included && { included }), ...links, ...meta(call) };
  return jsonAnswer(status, document, answerType(call.revision));
}

/** Single related resources may be null with a 200. */
export function relatedAnswer(call: Call, data: Resource | undefined): Answer {
  return data === undefined ? linkageAnswer(call, null) : singleAnswer(call, 200, data);
}

/** The answer of `/relationships/…`: what is related, without its attributes. */
export function linkageAnswer(call: Call, data: Identifier | null | readonly Identifier[]): Answer {
  const self = `${call.baseUrl}${call.path}`;
  // Links of single documents came with 2026-01-15; collections always had theirs.
  const links = Array.isArray(data) || call.revision >= "2026-01-15" ? { links: { self } } : {};
  return jsonAnswer(200, { data, ...links, ...meta(call) }, answerType(call.revision));
}

/** What belongs to a resource, all on one page: these lists know no page parameters. */
export function relatedListAnswer(call: Call, data: readonly Resource[], included?: IncludedResources): Answer {
  const links = { self: `${call.baseUrl}${call.path}` };
  const document = { data, ...(included && { included }), links, ...meta(call) };
  return jsonAnswer(200, document, answerType(call.revision));
}

/** Each resource once. What is included has relationships of its own only since 2026-04-15. */
export function asIncluded(resources: readonly Resource[], call: Call): readonly Resource[] {
  const unique = [...new Map(resources.map((resource) => [`${resource.type} ${resource.id}`, resource])).values()];
  return call.revision < "2026-04-15" ? unique.map(withoutRelationships) : unique;
}

function withoutRelationships({ type, id, attributes, links }: Resource): Resource {
  return { type, id, attributes, links };
}

/** A25: the hints that Klaviyo writes for AI agents; clients must read past them. */
export function meta(call: Call): JsonObject {
  if (call.revision < "2026-07-15") return {};
  return { meta: { agent_hints: { next_steps: ["Read the campaign again to see its current status."] } } };
}

/** An absolute URL below the API, in the form of the call's revision. */
export function urlOf(call: Call, ...segments: readonly string[]): string {
  return `${call.baseUrl}/api/${segments.map(encodeURIComponent).join("/")}${pathSuffix(call.revision)}`;
}

/** A15: linkage is there only for what was included, as integrators report. */
export function relationship(
  call: Call,
  of: readonly [type: string, id: string, name: string],
  linkage?: unknown,
): JsonObject {
  const [collection, id, name] = of;
  const links = {
    self: urlOf(call, collection, id, "relationships", name),
    related: urlOf(call, collection, id, name),
  };
  return linkage === undefined ? { links } : { data: linkage, links };
}

/** With an offset, as Klaviyo writes moments. */
export function dateTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "+00:00");
}

/** For what a seed does not date. */
export const DEFAULT_CREATED = "2025-06-01T09:00:00Z";

/** A moment of a seed in the form of answers. */
export function isoDateTime(text: string): string {
  return dateTime(Date.parse(text));
}

import { KlaviyoError } from "./failure.js";
import { isRecord } from "../json/is-record.js";
import type { Resource } from "./json-api.js";
import { isResourceId } from "./resource-id.js";

/**
 * The ids of the resources of `type` that a relationship links to, in order; a relationship to one yields one or none. The type is
 * checked as strictly as the id: an image's id, taken for a template's, would show somebody else's template.
 * @returns undefined where the document does not say: Klaviyo leaves linkage out unless the relationship was included
 */
export function linkedIds(resource: Resource, relationship: string, type: string): readonly string[] | undefined {
  return linkageOf(resource, relationship)?.map((identifier) => idIn(identifier, resource, relationship, type));
}

/**
 * The resources of `type` that a relationship links to and that came along.
 * @returns undefined where they did not
 * @throws the error for which they were left out
 */
export function relatedResources(
  resource: Resource,
  relationship: string,
  type: string,
): readonly Resource[] | undefined {
  const refusal = resource.withheld?.get(relationship);
  if (refusal) throw refusal;
  const identifiers = linkageOf(resource, relationship);
  if (!identifiers) return undefined;
  const included = resource.included.ofType(type);
  const related = identifiers.map((identifier) => {
    const id = idIn(identifier, resource, relationship, type);
    return included?.get(id);
  });
  return related.every((found) => found !== undefined) ? related : undefined;
}

/** What a relationship links to, as it stands in the document; undefined where that does not say. */
function linkageOf({ relationships }: Resource, relationship: string): readonly unknown[] | undefined {
  const link = relationships[relationship];
  const data = isRecord(link) ? link["data"] : undefined;
  if (data === undefined) return undefined;
  return Array.isArray(data) ? data : data === null ? [] : [data];
}

function idIn(identifier: unknown, resource: Resource, relationship: string, type: string): string {
  const id = isRecord(identifier) && identifier["type"] === type ? identifier["id"] : undefined;
  // It may become part of a path, so it has to be fit for one.
  if (typeof id === "string" && isResourceId(id)) return id;
  const reason = `${resource.type}.${relationship} links to no ${type} by its id`;
  throw new KlaviyoError(`reading ${resource.type}`, { kind: "invalid-response", status: 200, reason });
}

import { KlaviyoError } from "./failure.js";
import type { Resource } from "./json-api.js";
import { type Operation, OPERATIONS } from "./operations.js";
import type { IncludedQuery, ResourceQuery } from "./resource-query.js";

/** What comes along under the scope of the resource itself: reading campaigns is reading their messages, and tags their groups. */
const SAME_SCOPE: ReadonlySet<string> = new Set(["campaign", "campaign-message", "tag-group"]);

/**
 * Klaviyo refuses a whole read (403) when the key lacks the scope of something that should come along. Then the read is done once
 * more without that, and what was left out is marked with the refusal: one lost relationship must not cost the rest.
 *
 * @param read does the read for a query
 * @param mark puts the refusal on every resource of what was read
 */
export async function withoutForbiddenIncludes<T>(
  query: ResourceQuery,
  read: (query: ResourceQuery) => Promise<T>,
  mark: (result: T, withhold: (resource: Resource) => Resource) => T,
): Promise<T> {
  const allowed = keepSameScope(query);
  try {
    return await read(query);
  } catch (error) {
    if (!isForbidden(error) || Object.keys(allowed.include).length === Object.keys(query.include).length) throw error;
    const lost = Object.keys(query.include).filter((name) => !(name in allowed.include));
    return mark(await read(allowed), (resource) => ({
      ...resource,
      withheld: new Map(lost.map((name) => [name, refusalOf(name, query, error)])),
    }));
  }
}

function keepSameScope(query: ResourceQuery): ResourceQuery {
  const kept = Object.entries<IncludedQuery>(query.include).filter(([, { type }]) => SAME_SCOPE.has(type));
  return { ...query, include: Object.fromEntries(kept) };
}

/** The refusal as that of reading what was left out, whose scope is the one that is missing. */
function refusalOf(name: string, { include }: ResourceQuery, error: KlaviyoError): KlaviyoError {
  const operation = OPERATION_OF_TYPE[include[name]?.type ?? ""];
  return operation ? new KlaviyoError(operation.name, error.failure, error) : error;
}

const OPERATION_OF_TYPE: Readonly<Record<string, Operation>> = {
  tag: OPERATIONS.getTags,
  template: OPERATIONS.getTemplates,
  image: OPERATIONS.getImages,
};

function isForbidden(error: unknown): error is KlaviyoError {
  return error instanceof KlaviyoError && error.failure.kind === "refused" && error.failure.status === 403;
}

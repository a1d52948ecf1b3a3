import { and, any } from "./filter.js";
import { withoutForbiddenIncludes } from "./forbidden-includes.js";
import { decodePage, decodeResource, type Page, type Resource } from "./json-api.js";
import type { Freshness } from "./freshness.js";
import type { KlaviyoClient } from "./klaviyo-client.js";
import type { ReadOperation } from "./operations.js";
import { decoded, nullWhenNotFound, type ReadLimits } from "./reading.js";
import { queryParameters, type ResourceQuery } from "./resource-query.js";

type Parameters = readonly (readonly [name: string, value: string])[];

/**
 * One resource by its id.
 * @param extra parameters of this operation that no query stands for, such as `additional-fields[list]`
 * @returns null when Klaviyo has none. @throws KlaviyoError
 */
export function getResource(
  client: KlaviyoClient,
  operation: ReadOperation,
  id: string,
  query: ResourceQuery,
  limits: ReadLimits,
  extra: Parameters = [],
): Promise<Resource | null> {
  const decode = (document: unknown) => decoded(operation, () => decodeResource(document, query.type, id));
  const read = (allowed: ResourceQuery) => {
    const parameters = queryParameters(allowed);
    const call = { ...limits, id, query: extra.length === 0 ? parameters : [...parameters, ...extra] };
    return nullWhenNotFound(client.read(operation, call, decode));
  };
  return withoutForbiddenIncludes(query, read, markOne);
}

export interface PageRequest {
  readonly resource: ResourceQuery;
  /** For paths that are about one resource, such as a campaign's messages. */
  readonly id?: string;
  /** Clauses that must all hold. */
  readonly filter?: readonly string[];
  readonly sort?: string | undefined;
  /** Left out where the operation takes none. */
  readonly pageSize?: number;
  readonly cursor?: string | undefined;
  /** Where it is another than the operation's. */
  readonly freshness?: Freshness;
}

/** One page of a collection. @throws KlaviyoError */
export function getPage(
  client: KlaviyoClient,
  operation: ReadOperation,
  request: PageRequest,
  limits: ReadLimits,
): Promise<Page> {
  const read = (resource: ResourceQuery) => readPage(client, operation, { ...request, resource }, limits);
  return withoutForbiddenIncludes(request.resource, read, markPage);
}

type Withhold = (resource: Resource) => Resource;

const markOne = (resource: Resource | null, withhold: Withhold) => resource && withhold(resource);
const markPage = (page: Page, withhold: Withhold) => ({ ...page, resources: page.resources.map(withhold) });

function readPage(
  client: KlaviyoClient,
  operation: ReadOperation,
  request: PageRequest,
  limits: ReadLimits,
): Promise<Page> {
  const { id, resource, filter = [], sort, pageSize, cursor, freshness } = request;
  const call = {
    ...limits,
    ...(id !== undefined && { id }),
    ...(freshness && { freshness }),
    query: [
      ...parameter("filter", filter.length > 0 ? and(filter) : undefined),
      ...queryParameters(resource),
      ...parameter("sort", sort),
      ...parameter("page[size]", pageSize?.toString()),
      ...parameter("page[cursor]", cursor),
    ],
  };
  return client.read(operation, call, (document) => decoded(operation, () => decodePage(document, resource.type)));
}

/**
 * The resources with the given ids, in calls of at most `pageSize` ids each, so that one batch is one page. What Klaviyo does not
 * have is not in the map. @throws KlaviyoError
 */
export async function getByIds(
  client: KlaviyoClient,
  operation: ReadOperation,
  request: { readonly ids: readonly string[]; readonly resource: ResourceQuery; readonly pageSize: number },
  limits: ReadLimits,
): Promise<ReadonlyMap<string, Resource>> {
  const { ids, resource, pageSize } = request;
  const pages = await Promise.all(
    chunks(ids, pageSize).map((chunk) =>
      getPage(client, operation, { resource, pageSize, filter: [any("id", chunk)] }, limits),
    ),
  );
  return new Map(pages.flatMap((page) => page.resources.map((found) => [found.id, found] as const)));
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

function parameter(name: string, value: string | undefined): Parameters {
  return value === undefined ? [] : [[name, value]];
}

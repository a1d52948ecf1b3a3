import { asError, readOneByOne } from "../klaviyo/read-one-by-one.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadOperation } from "../klaviyo/operations.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ReadResources } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import type { Resource } from "../klaviyo/json-api.js";
import { getPage } from "../klaviyo/resources-api.js";

/** A collection that cannot be filtered by id, and the operation that reads one of it. */
export interface UnfilteredCollection {
  readonly one: ReadOperation;
  readonly all: ReadOperation;
  readonly pageSize: number;
}

/** So many ids are read one by one: as many calls as two pages would take, and each of them sure to answer. */
const FEW = 2;

/** What is not on so many pages is read one by one: an account may have any number of tags, and both ways are limited to 3 calls a second. */
const MOST_PAGES = 4;

/**
 * Reads by id from a collection that has no filter on ids, in few calls: one by one while there are few, else by paging through
 * the collection until all are found. What no page has is read one by one, also where the whole collection was seen: pages may have
 * been kept since before a thing was made. Only a read of the one thing may say that it does not exist.
 */
export function readByPaging(
  client: KlaviyoClient,
  collection: UnfilteredCollection,
  limits: () => ReadLimits,
): ReadResources {
  return async (ids, query) => {
    const found = new Map<string, Resource | Error>();
    if (ids.length > FEW) await readPages({ client, collection, limits, query, found }, ids);
    const rest = ids.filter((id) => !found.has(id));
    return new Map([...found, ...(await readOneByOne(client, collection.one, rest, query, limits()))]);
  };
}

interface Paging {
  readonly client: KlaviyoClient;
  readonly collection: UnfilteredCollection;
  readonly limits: () => ReadLimits;
  readonly query: ResourceQuery;
  readonly found: Map<string, Resource | Error>;
}

async function readPages({ client, collection, limits, query, found }: Paging, ids: readonly string[]): Promise<void> {
  const missing = new Set(ids);
  let cursor: string | undefined;
  try {
    for (let pages = 0; pages < MOST_PAGES; pages++) {
      const request = { resource: query, pageSize: collection.pageSize, cursor };
      const page = await getPage(client, collection.all, request, limits());
      for (const resource of page.resources) if (missing.delete(resource.id)) found.set(resource.id, resource);
      cursor = page.nextCursor;
      if (missing.size === 0 || cursor === undefined) return;
    }
  } catch (error) {
    // Asking one by one what a page could not answer would multiply an outage: those ids share the page's error.
    for (const id of missing) found.set(id, asError(error));
  }
}

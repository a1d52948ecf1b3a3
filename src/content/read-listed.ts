import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadOperation } from "../klaviyo/operations.js";
import { asError, readOneByOne } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ReadResources } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { chunks, getByIds } from "../klaviyo/resources-api.js";

/** A collection that can be filtered by id, but that need not list all there is. */
export interface ListedCollection {
  readonly one: ReadOperation;
  readonly all: ReadOperation;
  /** The largest page, and so the largest number of ids that one call can ask for. */
  readonly pageSize: number;
  /** So many ids are read one by one. */
  readonly few: number;
}

/**
 * Reads by id in batches, each of one page, and what a batch does not have one by one: the template of a message is a copy that the
 * library may not list, and whether hidden images are listed is documented nowhere. Only a read of the one thing may say that it
 * does not exist.
 */
export function readListed(
  client: KlaviyoClient,
  collection: ListedCollection,
  limits: () => ReadLimits,
): ReadResources {
  return async (ids, query) => {
    const { one, few } = collection;
    const found = ids.length > few ? await readBatches({ client, collection, limits, query }, ids) : new Map();
    const rest = ids.filter((id) => !found.has(id));
    return new Map([...found, ...(await readOneByOne(client, one, rest, query, limits()))]);
  };
}

interface BatchedRead {
  readonly client: KlaviyoClient;
  readonly collection: ListedCollection;
  readonly limits: () => ReadLimits;
  readonly query: ResourceQuery;
}

/** What a batch has. What a failed batch could not answer shares its error: asking one by one would multiply an outage. */
async function readBatches(read: BatchedRead, ids: readonly string[]): Promise<ReadonlyMap<string, Resource | Error>> {
  const { client, collection, limits, query: resource } = read;
  const { all, pageSize } = collection;
  const batches = chunks(ids, pageSize).map(async (chunk) => {
    const found = await getByIds(client, all, { ids: chunk, resource, pageSize }, limits()).catch(asError);
    return chunk.flatMap((id): (readonly [string, Resource | Error])[] => {
      const resource = found instanceof Error ? found : found.get(id);
      return resource ? [[id, resource]] : [];
    });
  });
  return new Map((await Promise.all(batches)).flat());
}

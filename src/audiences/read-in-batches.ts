import { any } from "../klaviyo/filter.js";
import { InvalidDocumentError, type Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadOperation } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import { decoded, type ReadLimits } from "../klaviyo/reading.js";
import type { ReadResources } from "../klaviyo/resource-loader.js";
import type { ResourceQuery } from "../klaviyo/resource-query.js";
import { chunks, getPage } from "../klaviyo/resources-api.js";

/** The largest page of lists and of segments, and so the largest number of ids that one call can ask for. */
const PAGE_MAXIMUM = 10;

/** Reads lists or segments by id, ten a call. A call that fails costs the ids that it asked for, and no others. */
export function readInBatches(
  client: KlaviyoClient,
  operation: ReadOperation,
  limits: () => ReadLimits,
): ReadResources {
  return async (ids, resource) => {
    const batches = chunks(ids, PAGE_MAXIMUM).map((chunk) =>
      readBatch({ client, operation, limits, resource, ids: chunk }),
    );
    return new Map((await Promise.all(batches)).flatMap((found) => [...found]));
  };
}

interface Batch {
  readonly client: KlaviyoClient;
  readonly operation: ReadOperation;
  readonly limits: () => ReadLimits;
  readonly resource: ResourceQuery;
  readonly ids: readonly string[];
}

type Found = Map<string, Resource | null | Error>;

/** What is not found shares what ended the search: that there is nothing more, or an error. */
async function readBatch(batch: Batch): Promise<Found> {
  const found: Found = new Map();
  const end = await findAll(batch, found).catch(asError);
  for (const id of batch.ids) if (!found.has(id)) found.set(id, end);
  return found;
}

/**
 * One page has room for all that a batch asks for. Should Klaviyo give less of it and a further page, what is missing may be there. Each further page
 * has to bring some of it, so that an answer without an end is not followed for ever.
 * @returns null: what is not found now does not exist. @throws KlaviyoError
 */
async function findAll({ client, operation, limits, resource, ids }: Batch, found: Found): Promise<null> {
  const missing = new Set(ids);
  let cursor: string | undefined;
  do {
    const before = missing.size;
    const request = { resource, pageSize: PAGE_MAXIMUM, filter: [any("id", ids)], cursor };
    const page = await getPage(client, operation, request, limits());
    for (const item of page.resources) if (missing.delete(item.id)) found.set(item.id, item);
    cursor = page.nextCursor;
    if (cursor !== undefined && missing.size === before) return decoded(operation, refuseEndless);
  } while (cursor !== undefined && missing.size > 0);
  return null;
}

function refuseEndless(): never {
  throw new InvalidDocumentError("links.next is there, but data has nothing new of what was asked for");
}

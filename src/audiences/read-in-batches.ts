import type { Resource } from "../klaviyo/json-api.js";
import type { KlaviyoClient } from "../klaviyo/klaviyo-client.js";
import type { ReadOperation } from "../klaviyo/operations.js";
import { asError } from "../klaviyo/read-one-by-one.js";
import type { ReadLimits } from "../klaviyo/reading.js";
import type { ReadResources } from "../klaviyo/resource-loader.js";
import { chunks, getByIds } from "../klaviyo/resources-api.js";

/** The largest page of lists and of segments, and so the largest number of ids that one call can ask for. */
const PAGE_MAXIMUM = 10;

/** Reads lists or segments by id, ten a call. A call that fails costs the ids that it asked for, and no others. */
export function readInBatches(
  client: KlaviyoClient,
  operation: ReadOperation,
  limits: () => ReadLimits,
): ReadResources {
  return async (ids, resource) => {
    const reads = chunks(ids, PAGE_MAXIMUM).map(async (chunk) => {
      const request = { ids: chunk, resource, pageSize: PAGE_MAXIMUM };
      const found = await getByIds(client, operation, request, limits()).catch(asError);
      return chunk.map((id): [string, Resource | null | Error] => [
        id,
        found instanceof Error ? found : (found.get(id) ?? null),
      ]);
    });
    return new Map((await Promise.all(reads)).flat());
  };
}

import type { KlaviyoClient } from "./klaviyo-client.js";
import type { ReadOperation } from "./operations.js";
import type { ReadLimits } from "./reading.js";
import type { ResourcesById } from "./resource-loader.js";
import type { ResourceQuery } from "./resource-query.js";
import { getResource } from "./resources-api.js";

/** A call for each id, at the same time: for what Klaviyo cannot be asked for in batches. Each id has its own error. */
export async function readOneByOne(
  client: KlaviyoClient,
  operation: ReadOperation,
  ids: readonly string[],
  query: ResourceQuery,
  limits: ReadLimits,
): Promise<ResourcesById> {
  const reads = ids.map(
    async (id) => [id, await getResource(client, operation, id, query, limits).catch(asError)] as const,
  );
  return new Map(await Promise.all(reads));
}

/** What was thrown, as a value that can stand for one item of a batch. */
export function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error("A read was given up.", { cause: reason });
}

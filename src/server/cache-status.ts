import type { IncomingMessage } from "node:http";
import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { ReadOutcome, ReadRecord } from "../klaviyo/read-record.js";

/** Whether a request is told how its reads were answered, and how. */
export interface CacheStatusContext {
  readonly cacheTally: CacheTally | undefined;
}

/** Counts how the reads of one request were answered. */
export class CacheTally {
  private readonly counts: Record<ReadOutcome, number> = { hit: 0, stale: 0, miss: 0, shared: 0, look: 0 };
  private oldestAgeMs: number | null = null;

  record({ outcome, ageMs }: ReadRecord): void {
    this.counts[outcome]++;
    if (outcome === "hit" || outcome === "stale") this.oldestAgeMs = Math.max(this.oldestAgeMs ?? 0, Math.round(ageMs));
  }

  /** As it stands in the answer. `oldestAgeMs` is null when nothing came from the cache. */
  get summary(): object {
    const { hit, stale, miss, shared } = this.counts;
    return { hits: hit, stale, misses: miss, shared, oldestAgeMs: this.oldestAgeMs };
  }
}

/** A tally for a request that asks for one with the header `x-cache-status: 1`. */
export function createCacheTally(request: IncomingMessage): CacheTally | undefined {
  return request.headers["x-cache-status"] === "1" ? new CacheTally() : undefined;
}

/** Adds `extensions.cache` to the answers of requests that asked for it. */
export const cacheStatusPlugin: ApolloServerPlugin<BaseContext & Partial<CacheStatusContext>> = {
  requestDidStart: async () => ({
    willSendResponse: async ({ contextValue: { cacheTally }, response: { body } }) => {
      if (!cacheTally || body.kind !== "single") return;
      body.singleResult.extensions = { ...body.singleResult.extensions, cache: cacheTally.summary };
    },
  }),
};

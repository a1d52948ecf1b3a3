import DataLoader from "dataloader";
import type { Resource } from "./json-api.js";
import { LoadsByQuery, type ResourceKey } from "./loads-by-query.js";
import { mergeQueries, type ResourceQuery } from "./resource-query.js";

/** What became of each id: the resource, null if Klaviyo has none, or the error that kept us from knowing. */
export type ResourcesById = ReadonlyMap<string, Resource | null | Error>;

/** Reads each of the ids once. It does not throw: an error belongs to the ids that it is about. */
export type ReadResources = (ids: readonly string[], query: ResourceQuery) => Promise<ResourcesById>;

/**
 * Reads resources of one type by id, for one request. Everything asked for in one tick is one batch, in which each id is read once,
 * with the union of the attributes that were asked for.
 */
export class ResourceLoader<TView> {
  private readonly loader: DataLoader<ResourceKey, TView | null>;

  constructor(view: (resource: Resource) => TView, read: ReadResources) {
    this.loader = new DataLoader((keys) => readBatch(keys, view, read), {
      cacheMap: new LoadsByQuery(),
    });
  }

  /** @returns null when Klaviyo has no such resource. @throws KlaviyoError */
  load(id: string, query: ResourceQuery): Promise<TView | null> {
    return this.loader.load({ id, query });
  }
}

async function readBatch<TView>(
  keys: readonly ResourceKey[],
  view: (resource: Resource) => TView,
  read: ReadResources,
): Promise<(TView | null | Error)[]> {
  const [first, ...rest] = keys.map((key) => key.query);
  if (!first) return [];
  const byId = await read([...new Set(keys.map((key) => key.id))], mergeQueries(first, ...rest));
  return keys.map(({ id }) => {
    const found = byId.get(id) ?? null;
    return found === null || found instanceof Error ? found : view(found);
  });
}

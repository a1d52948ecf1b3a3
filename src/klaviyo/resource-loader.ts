import DataLoader from "dataloader";
import type { Resource } from "./json-api.js";
import { LoadsByQuery, type ResourceKey, type ResourcesKey } from "./loads-by-query.js";
import { mergeQueries, type ResourceQuery } from "./resource-query.js";

/** What became of ids, each in its place: what it names, null if Klaviyo has none, or the error that kept us from knowing. */
export type FoundInOrder<T> = readonly (T | null | Error)[];

/** Reads what ids name, which may come twice. It does not throw: an error belongs to the ids that it is about. */
export type ReadInOrder<T> = (ids: readonly string[], query: ResourceQuery) => Promise<FoundInOrder<T>>;

/** What became of each id: the resource, null if Klaviyo has none, or the error that kept us from knowing. */
export type ResourcesById = ReadonlyMap<string, Resource | null | Error>;

/** Reads each of the ids once. It does not throw: an error belongs to the ids that it is about. */
export type ReadResources = (ids: readonly string[], query: ResourceQuery) => Promise<ResourcesById>;

type LoadKey = ResourceKey | ResourcesKey;
type Loaded<T> = T | null | Error | FoundInOrder<T>;

/**
 * Reads resources of one type by id, for one request. Everything asked for in one tick is one batch, in which each id is read once,
 * with the union of the attributes that were asked for.
 */
export class ResourceLoader<TView> {
  private readonly loader: DataLoader<LoadKey, Loaded<TView>>;

  constructor(read: ReadInOrder<TView>) {
    this.loader = new DataLoader((keys) => readKeys(keys, read), { cacheMap: new LoadsByQuery() });
  }

  /** @returns null when Klaviyo has no such resource. @throws KlaviyoError */
  load(id: string, query: ResourceQuery): Promise<TView | null> {
    return this.loader.load({ id, query }) as Promise<TView | null>;
  }

  /** Many that are wanted together, as one load. It does not throw. */
  loadAll(ids: readonly string[], query: ResourceQuery): Promise<FoundInOrder<TView>> {
    return this.loader.load({ ids, query }) as Promise<FoundInOrder<TView>>;
  }
}

/** A loader of views of resources. */
export function createLoader<TView>(view: (resource: Resource) => TView, read: ReadResources): ResourceLoader<TView> {
  return new ResourceLoader(async (ids, query) => {
    const byId = await read([...new Set(ids)], query);
    return ids.map((id) => {
      const found = byId.get(id) ?? null;
      return found === null || found instanceof Error ? found : view(found);
    });
  });
}

/** Reads what a batch of keys asks for, each id once, with the union of what is asked for; answers in the order of the keys. */
export function readKeys<T>(keys: readonly ResourceKey[], read: ReadInOrder<T>): Promise<FoundInOrder<T>>;
export function readKeys<T>(keys: readonly LoadKey[], read: ReadInOrder<T>): Promise<readonly Loaded<T>[]>;
export function readKeys<T>(keys: readonly LoadKey[], read: ReadInOrder<T>): Promise<readonly Loaded<T>[]> {
  const [first, ...others] = keys;
  if (!first) return Promise.resolve([]);
  if (others.length > 0) return readTogether(first.query, keys, read);
  // What most batches are.
  return "id" in first ? read([first.id], first.query) : read(first.ids, first.query).then((found) => [found]);
}

async function readTogether<T>(
  query: ResourceQuery,
  keys: readonly LoadKey[],
  read: ReadInOrder<T>,
): Promise<readonly Loaded<T>[]> {
  const ids = [...new Set(keys.flatMap((key) => ("id" in key ? [key.id] : key.ids)))];
  const found = await read(ids, mergeQueries(query, ...keys.map((key) => key.query)));
  const byId = new Map(ids.map((id, place) => [id, found[place] ?? null]));
  const foundOf = (id: string) => byId.get(id) ?? null;
  return keys.map((key) => ("id" in key ? foundOf(key.id) : key.ids.map(foundOf)));
}

import { queryKey, type ResourceQuery } from "./resource-query.js";

/** What a loader is asked for. */
export interface ResourceKey {
  readonly id: string;
  readonly query: ResourceQuery;
}

/** Many that it is asked for together. */
export interface ResourcesKey {
  readonly ids: readonly string[];
  readonly query: ResourceQuery;
}

/**
 * A DataLoader's memory of what it was asked for: the same id with an equal query. No text is made of the two: V8 puts each text that
 * is looked up in a map into a table of its own, which costs more than all else about a load. Nothing is remembered of many together.
 */
export class LoadsByQuery<T> {
  private readonly byQuery = new Map<string, Map<string, T>>();

  get(key: ResourceKey | ResourcesKey): T | undefined {
    return "id" in key ? this.byQuery.get(queryKey(key.query))?.get(key.id) : undefined;
  }

  set(key: ResourceKey | ResourcesKey, load: T): void {
    if (!("id" in key)) return;
    const query = queryKey(key.query);
    const known = this.byQuery.get(query);
    if (known) known.set(key.id, load);
    else this.byQuery.set(query, new Map([[key.id, load]]));
  }

  delete(key: ResourceKey | ResourcesKey): void {
    if ("id" in key) this.byQuery.get(queryKey(key.query))?.delete(key.id);
  }

  clear(): void {
    this.byQuery.clear();
  }
}

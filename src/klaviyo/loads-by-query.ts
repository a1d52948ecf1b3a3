import { queryKey, type ResourceQuery } from "./resource-query.js";

/** What a loader is asked for. */
export interface ResourceKey {
  readonly id: string;
  readonly query: ResourceQuery;
}

/**
 * A DataLoader's memory of what it was asked for: the same id with an equal query. No text is made of the two: V8 puts each text that
 * is looked up in a map into a table of its own, which costs more than all else about a load.
 */
export class LoadsByQuery<T> {
  private readonly byQuery = new Map<string, Map<string, T>>();

  get({ id, query }: ResourceKey): T | undefined {
    return this.byQuery.get(queryKey(query))?.get(id);
  }

  set({ id, query }: ResourceKey, load: T): void {
    const key = queryKey(query);
    const known = this.byQuery.get(key);
    if (known) known.set(id, load);
    else this.byQuery.set(key, new Map([[id, load]]));
  }

  delete({ id, query }: ResourceKey): void {
    this.byQuery.get(queryKey(query))?.delete(id);
  }

  clear(): void {
    this.byQuery.clear();
  }
}

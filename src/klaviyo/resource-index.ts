/** Resources by what JSON:API knows them by: type and id. No key is made of the two, for it would have to be made for every look. */
export class ResourceIndex<T extends { readonly type: string; readonly id: string }> {
  private readonly types = new Map<string, Map<string, T>>();
  /** Those of the resource that was added last: what comes along stands in a document type by type. */
  private latest: { readonly type: string; readonly byId: Map<string, T> } | undefined;

  find(type: string, id: string): T | undefined {
    return this.types.get(type)?.get(id);
  }

  /** By their ids; undefined where there are none. */
  ofType(type: string): ReadonlyMap<string, T> | undefined {
    return this.types.get(type);
  }

  /** @returns what is known by its type and id: the resource itself, unless there was another one before */
  addOrFind(resource: T): T {
    const byId = this.placeOf(resource.type);
    const known = byId.get(resource.id);
    if (known) return known;
    byId.set(resource.id, resource);
    return resource;
  }

  private placeOf(type: string): Map<string, T> {
    if (this.latest?.type === type) return this.latest.byId;
    const byId = this.types.get(type) ?? new Map<string, T>();
    this.types.set(type, byId);
    this.latest = { type, byId };
    return byId;
  }
}

/** Resources by what JSON:API knows them by: type and id. No key is made of the two, for it would have to be made for every look. */
export class ResourceIndex<T extends { readonly type: string; readonly id: string }> {
  private readonly types = new Map<string, Map<string, T>>();

  find(type: string, id: string): T | undefined {
    return this.types.get(type)?.get(id);
  }

  /** Takes the place of another of its type and id. */
  add(resource: T): void {
    const ofType = this.types.get(resource.type);
    if (ofType) ofType.set(resource.id, resource);
    else this.types.set(resource.type, new Map([[resource.id, resource]]));
  }

  get isEmpty(): boolean {
    return this.types.size === 0;
  }
}

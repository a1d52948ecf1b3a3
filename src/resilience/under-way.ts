/** What is under way, by its key. */
export class UnderWay<T> {
  private readonly places = new Map<string, Place<T>>();

  get(key: string): T | undefined {
    return this.places.get(key)?.value;
  }

  /** In place of what has been begun under the key before, if anything. @returns what to call at its end */
  begin(key: string, value: T): () => void {
    const place: Place<T> = { value };
    this.places.set(key, place);
    return () => {
      place.value = undefined;
      // Another one of the same key may have been begun since.
      if (this.places.get(key) === place) this.places.delete(key);
    };
  }
}

/**
 * Holds what is under way until its end. A map that many keys come to and leave is copied again and again, and each copy that is thrown
 * away holds on to what was in it until the next big collection of garbage: that is then no more than an empty place.
 */
interface Place<T> {
  value: T | undefined;
}

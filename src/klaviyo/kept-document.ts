let count = 0;

/**
 * A document that is kept. What nobody has asked for again is its bytes alone: they lie outside of the heap, where the garbage collector
 * has nothing to copy, neither the hundreds of values in them nor a text.
 */
export class KeptDocument {
  /** Tells it from all others in this process, for those who are not to hold on to it. */
  readonly number = (count += 1);
  private decoded: { readonly value: unknown } | undefined;

  /** @param json its bytes, in UTF-8, or what they say */
  constructor(private json: unknown) {}

  /** What it says. Equal questions are decoded alike, so that what was decoded for one of them is good for all. */
  read<T>(decode: (document: unknown) => T): T {
    if (!this.decoded) {
      this.decoded = { value: decode(Buffer.isBuffer(this.json) ? JSON.parse(this.json.toString("utf8")) : this.json) };
      this.json = undefined;
    }
    return this.decoded.value as T;
  }
}

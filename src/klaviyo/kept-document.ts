let count = 0;

/**
 * A document that is kept. What nobody has asked for again is its text alone: to the garbage collector that is one object, where the
 * values in it are hundreds.
 */
export class KeptDocument {
  /** Tells it from all others in this process, for those who are not to hold on to it. */
  readonly number = (count += 1);
  private decoded: { readonly value: unknown } | undefined;

  /** @param json its text, or what that says */
  constructor(private json: unknown) {}

  /** What it says. Equal questions are decoded alike, so that what was decoded for one of them is good for all. */
  read<T>(decode: (document: unknown) => T): T {
    if (!this.decoded) {
      this.decoded = { value: decode(typeof this.json === "string" ? JSON.parse(this.json) : this.json) };
      this.json = undefined;
    }
    return this.decoded.value as T;
  }
}

/**
 * A document that is kept. What nobody has asked for again is its text alone: to the garbage collector that is one object, where the
 * values in it are hundreds.
 */
export class KeptDocument {
  private decoded: { readonly value: unknown } | undefined;

  /** @param parse makes the JSON document; it is not asked twice */
  constructor(private parse: () => unknown) {}

  /** What it says. Equal questions are decoded alike, so that what was decoded for one of them is good for all. */
  read<T>(decode: (document: unknown) => T): T {
    this.decoded ??= { value: decode(this.parse()) };
    this.parse = isDecoded;
    return this.decoded.value as T;
  }
}

function isDecoded(): never {
  throw new Error("This document has been decoded already.");
}

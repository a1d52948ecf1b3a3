import { RingPiece } from "./byte-ring.js";

let count = 0;

/**
 * A document that is kept. What nobody has asked for again is its bytes alone: they lie outside of the heap, where the garbage collector
 * has nothing to copy, neither the hundreds of values in them nor a text.
 */
export class KeptDocument {
  /** Tells it from all others in this process, for those who are not to hold on to it. */
  readonly number = (count += 1);
  private decoded: { readonly value: unknown } | undefined;

  /** @param json what it says, or where it is, in UTF-8 */
  constructor(private json: unknown) {}

  /** Nobody has read it, and its bytes are not there any more. */
  get isLost(): boolean {
    return this.json instanceof RingPiece && this.json.isLost;
  }

  /** What it says. Equal questions are decoded alike, so that what was decoded for one of them is good for all. */
  read<T>(decode: (document: unknown) => T): T {
    if (!this.decoded) {
      this.decoded = { value: decode(this.json instanceof RingPiece ? JSON.parse(this.json.text) : this.json) };
      this.json = undefined;
    }
    return this.decoded.value as T;
  }
}

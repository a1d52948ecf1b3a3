import { LRUCache } from "lru-cache";
import type { PutField } from "./compile-selection.js";

/** What an operation is for one set of values of its conditions, compiled. */
export interface CompiledShape {
  readonly fields: readonly PutField[];
  /** How many parts were compiled for it. */
  readonly partCount: number;
}

/** Each part takes some 900 bytes, with what is made for it when it is run: all of them take less than 50 MB. */
const KEPT_PARTS = 50_000;
/** One operation alone may have so much of it. By default, an operation may have 300 fields; those of interfaces count for each type. */
const LARGEST_SHARE = 1 / 16;

/**
 * All that is compiled, of whatever operation: a short document may stand for many fields, and for many shapes of them. What was not
 * used for the longest time makes room, and is compiled again when it is asked for.
 */
export class CompiledShapes {
  private readonly kept: LRUCache<CompiledShape, () => void>;

  constructor(private readonly mostParts = KEPT_PARTS) {
    this.kept = new LRUCache<CompiledShape, () => void>({
      maxSize: mostParts,
      sizeCalculation: (_, { partCount }) => Math.max(1, partCount),
      disposeAfter: (forget) => forget(),
    });
  }

  /** What is kept at present. */
  get partCount(): number {
    return this.kept.calculatedSize;
  }

  /** A shape that would have more parts is not to be compiled. */
  get largestShape(): number {
    return Math.floor(this.mostParts * LARGEST_SHARE);
  }

  /** @param forget called once, when the shape has to make room, or is dropped */
  keep(shape: CompiledShape, forget: () => void): void {
    this.kept.set(shape, forget);
  }

  /** Whatever is used stays. */
  use(shape: CompiledShape): void {
    this.kept.get(shape);
  }

  drop(shape: CompiledShape): void {
    this.kept.delete(shape);
  }
}

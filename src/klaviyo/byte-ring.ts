/**
 * Bytes in one piece of memory that is written from end to end, again and again: the new takes the place of the oldest. What Node would
 * hold in a buffer of its own for each is thrown away as often, and V8 marks its whole heap whenever 64 MiB of such are.
 */
export class ByteRing {
  private memory: Buffer | undefined;
  /** Of all that was ever written, with what was left over at the end of each round. */
  private writtenBytes = 0;

  constructor(private readonly sizeBytes: number) {}

  /** @returns undefined for what has no room even when there is nothing else */
  put(bytes: Buffer): RingPiece | undefined {
    if (bytes.length > this.sizeBytes) return undefined;
    // None of it is real before it is written.
    this.memory ??= Buffer.allocUnsafeSlow(this.sizeBytes);
    const left = this.sizeBytes - (this.writtenBytes % this.sizeBytes);
    if (bytes.length > left) this.writtenBytes += left;
    const start = this.writtenBytes;
    bytes.copy(this.memory, start % this.sizeBytes);
    this.writtenBytes += bytes.length;
    return new RingPiece(this, start, bytes.length);
  }

  /** Whether what was written there has not been written over. */
  has(start: number): boolean {
    return this.writtenBytes <= start + this.sizeBytes;
  }

  /** @returns what {@link has} it, as UTF-8 */
  textAt(start: number, length: number): string {
    const from = start % this.sizeBytes;
    if (!this.memory || !this.has(start)) throw new RangeError("These bytes have been written over.");
    return this.memory.toString("utf8", from, from + length);
  }
}

/** Where bytes are in a ring. */
export class RingPiece {
  constructor(
    private readonly ring: ByteRing,
    private readonly start: number,
    private readonly length: number,
  ) {}

  /** Something else is there now. */
  get isLost(): boolean {
    return !this.ring.has(this.start);
  }

  /** @throws RangeError when it {@link isLost} */
  get text(): string {
    return this.ring.textAt(this.start, this.length);
  }
}

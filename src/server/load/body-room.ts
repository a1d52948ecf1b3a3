/** What every body may have without asking: a cancel is far smaller, so that large bodies cannot keep it out. */
const FREE_BYTES = 16_384;

/** Bounds the memory that bodies take together while they arrive: how many there are is their senders' choice. */
export class BodyRoom {
  private takenBytes = 0;

  /** @param onFull told of each body that there is no room for */
  constructor(
    private readonly limitBytes: number,
    private readonly onFull: () => void,
  ) {}

  /** A body that begins to arrive. */
  open(): { readonly take: (sizeBytes: number) => boolean; readonly close: () => void } {
    let ownBytes = 0;
    return {
      /** @param sizeBytes how large the body is by now @returns whether there is room for it */
      take: (sizeBytes) => {
        const more = Math.max(0, sizeBytes - FREE_BYTES) - ownBytes;
        if (this.takenBytes + more > this.limitBytes) {
          this.onFull();
          return false;
        }
        this.takenBytes += more;
        ownBytes += more;
        return true;
      },
      close: () => {
        this.takenBytes -= ownBytes;
        ownBytes = 0;
      },
    };
  }
}

/** Where replicas see that one of them is making the very write that they were asked for, too. */
export interface WriteRegister {
  /**
   * Makes it known that a write is about to be made; if another replica is making it, waits for a moment what comes of that.
   * Never rejects and never takes long: whoever cannot find out makes the write.
   * @param remainingMs how long somebody is going to wait for the write: enough of it is left to make the write
   */
  begin(write: string, remainingMs: () => number): WriteTurn | Promise<WriteTurn>;
}

export interface WriteTurn {
  /** It was made by another while this replica waited, and accepted: there is nothing left to do. */
  readonly isAccepted: boolean;
  /** Tells those who wait. To be called once the write was made. */
  end(isAccepted: boolean): void;
}

const OWN_TURN: WriteTurn = { isAccepted: false, end: () => {} };

/** For one replica alone. */
export const NO_REGISTER: WriteRegister = { begin: () => OWN_TURN };

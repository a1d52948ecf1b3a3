/** What a replica has found out about a circuit. */
export type CircuitNews =
  | {
      readonly state: "open";
      /** How long it stays open. */
      readonly forMs: number;
    }
  | { readonly state: "closed" };

/** Where replicas tell each other what they find out about the circuits of one account. What is told may get lost: each finds out by itself, too. */
export interface CircuitBoard {
  readonly tell: (circuit: string, news: CircuitNews) => void;
  /** Hears what others tell. @returns how to end that */
  readonly onNews: (listener: (circuit: string, news: CircuitNews) => void) => () => void;
}

/** There are no others. */
export const NO_BOARD: CircuitBoard = { tell: () => {}, onNews: () => () => {} };

/** How one read was answered, as it is reported to its caller and to metrics. */
export interface ReadRecord {
  readonly operation: string;
  readonly outcome: ReadOutcome;
  /** How long ago the answer was asked for, where it was kept; else 0. */
  readonly ageMs: number;
  /** Where the answer was kept in the memory of this process: the same read, later. */
  readonly again?: RepeatableRead;
}

/** A read that can be answered once more without being made. */
export interface RepeatableRead {
  /** Whether it would be answered by the same document now, and that is still fresh. */
  isAsGoodAsNew(): boolean;
  /** It was answered once more. */
  record(): void;
}

export type ReadOutcome =
  /** From the cache, as good as new. */
  | "hit"
  /** From the cache, old, while a newer one is fetched. */
  | "stale"
  /** By a call that somebody else had begun. */
  | "shared"
  /** By a call of its own. */
  | "miss"
  /** By a call of its own, because nothing less would do: a write looks at its effect. */
  | "look";

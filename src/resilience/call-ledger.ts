/** How many calls somebody grants in any second, any minute and any day. */
export interface RateTier {
  readonly perSecond: number;
  readonly perMinute: number;
  readonly perDay?: number;
}

/** A limit with a name. Calls that name it share it. */
export interface Quota {
  readonly name: string;
  readonly tier: RateTier;
  /** The share of each window, 0 to 1, that only critical calls may use. */
  readonly criticalShare: number;
}

/** A call that would like to be made: it counts against all of these quotas, or against none. */
export interface Claim {
  readonly quotas: readonly Quota[];
  readonly isCritical: boolean;
}

/** What an answer says about the quota of the call that it answers. */
export interface QuotaNews {
  /** Calls granted in a minute, as the other side has it. */
  readonly limit?: number | undefined;
  /** Calls left in the other side's current minute, whoever made the others. */
  readonly remaining?: number | undefined;
  /** When that minute is over. */
  readonly resetMs?: number | undefined;
  /** The call was refused for its limit, and is not to be repeated before that. */
  readonly throttledMs?: number | undefined;
}

/** Leave to make one call. One of the two has to be called, once. */
export interface Slot {
  /** The call was made and is over. It counts from now on for the length of each window. */
  settle(news: QuotaNews): void;
  /** The call was never made: it does not count. */
  cancel(): void;
}

export type Decision =
  | { readonly kind: "granted"; readonly slot: Slot }
  /** Not now. `waitMs` is when its turn comes as far as can be told, if nobody else comes in between. */
  | { readonly kind: "wait"; readonly waitMs: number };

/** Counts calls. One ledger may be shared by many processes, so a decision may take a while. */
export interface CallLedger {
  /** Lets one call in, if it is known at once that there is room for it. Undefined says nothing: that is to be decided. */
  grant?(claim: Claim): Slot | undefined;
  /** One decision for each claim. They are in order: who comes first gets the first room that it can use. */
  decide(claims: readonly Claim[]): readonly Decision[] | Promise<readonly Decision[]>;
  /** None that is critical waits any more of those that were told to, such a claim among them: whoever has left room for them need not. */
  giveBack?(claim: Claim): void;
}

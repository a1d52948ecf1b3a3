/** What an answer is about, as far as our own writes can change it. */
export type Subject = "campaigns" | "references";

/** How long the answer of a read may stand for that of the next one. Ages are counted from when it was asked for. */
export interface Freshness {
  readonly subject: Subject;
  /** As good as a new one until then. */
  readonly freshMs: number;
  /** Until then it is given at once, while a newer one is fetched; and stands in when none can be had. */
  readonly staleMs: number;
}

/** Somebody may be waiting for it to change: it is shared by those who ask while a call is out, and not given when it is old. */
export const STATE: Freshness = { subject: "campaigns", freshMs: 1_000, staleMs: 1_000 };

/** Lists of what changes all the time. */
export const LISTING: Freshness = { subject: "campaigns", freshMs: 1_000, staleMs: 10_000 };

/** What campaigns point at: it changes seldom, and none of our writes changes it. */
export const REFERENCE: Freshness = { subject: "references", freshMs: 30_000, staleMs: 300_000 };

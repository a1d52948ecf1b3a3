import type { Lane } from "../resilience/lane-queue.js";
import type { Freshness } from "./freshness.js";
import type { ReadRecord } from "./read-record.js";
import type { ReadsUnderWay } from "./reads-under-way.js";
import type { Revision } from "./revisions.js";

/** What one call of an operation says and how it is bounded. */
export interface CallOptions {
  readonly id?: string;
  /** Parameters of the query string, not yet encoded, in the order in which they are written. */
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly body?: unknown;
  readonly revision?: Revision;
  /** The caller's; when it aborts, the call ends with the signal's own reason. */
  readonly signal?: AbortSignal;
  /** What is left of the caller's time, for waiting and for the attempt. */
  readonly remainingMs?: number;
  /** The longest it waits for room at Klaviyo's limits, where its caller knows another way than to wait. */
  readonly patienceMs?: number;
  /** Asked right before a write goes out: whether somebody still wants it by then. Where nobody does, nothing is sent. */
  readonly mayBegin?: () => boolean;
  /** Who goes first where calls have to wait; `interactive` where it is not said. */
  readonly lane?: Lane;
  /** Among callers, turns are taken. */
  readonly caller?: string;
  /** A write looks at its effect: only what Klaviyo says now will do. It looks again by itself. */
  readonly isLook?: boolean;
  /** Where a read's answer may stand for longer or shorter than its operation declares. */
  readonly freshness?: Freshness;
  /** Told how a read was answered. */
  readonly onRead?: (read: ReadRecord) => void;
  /** Where a read is counted until its end, if it may lead to campaigns. */
  readonly underWay?: ReadsUnderWay;
}

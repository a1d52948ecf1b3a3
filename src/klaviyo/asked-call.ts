import type { Sharers } from "../resilience/single-flight.js";
import type { WaitLimits } from "../resilience/wait-within.js";
import type { CallOptions } from "./call-options.js";
import type { Operation } from "./operations.js";
import type { Revision } from "./revisions.js";

/** A call as it is made now, with those who wait for it now: who they were when it was asked for is `call`'s to say. */
export interface AskedCall extends WaitLimits {
  readonly operation: Operation;
  readonly call: CallOptions;
  readonly revision: Revision;
  /** Id and query as they are written on the wire. */
  readonly path: string;
  /** Who share it, where others may join them while it is made. `signal` ends it when the last one has no time any more. */
  readonly sharers?: Sharers | undefined;
}

import type { KlaviyoFailure } from "./failure.js";
import type { Revision } from "./revisions.js";

/** One try of one Klaviyo operation, as it is reported to logs and metrics. */
export interface Attempt {
  readonly operation: string;
  readonly revision: Revision;
  readonly durationMs: number;
  /** HTTP status, as far as there was one. */
  readonly status: number | undefined;
  /** Undefined when the attempt succeeded or was given up. */
  readonly failure: KlaviyoFailure | undefined;
  /** All who waited for it have left: how it would have ended nobody knows. */
  readonly isGivenUp: boolean;
}

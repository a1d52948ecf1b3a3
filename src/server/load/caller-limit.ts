import type { CallerAllowance } from "../../resilience/caller-allowance.js";
import type { CancelDetector } from "./cancel-detector.js";
import { TooManyRequestsError } from "./too-many-requests-error.js";

export interface CallerLimitOptions {
  readonly allowance: CallerAllowance;
  /** What cancels have for themselves, so that nobody has used it up by reading. */
  readonly cancelAllowance: CallerAllowance;
  readonly detector: CancelDetector;
  readonly onLimited: (kind: "cancel" | "other") => void;
}

/** Keeps one caller from asking for what all the others need as well. */
export class CallerLimit {
  constructor(private readonly options: CallerLimitOptions) {}

  /** @param body of a POST, parsed. @throws TooManyRequestsError */
  async enter(caller: string, body: unknown): Promise<void> {
    const { allowance, cancelAllowance, detector, onLimited } = this.options;
    const isCancel = detector.isCancel(body);
    const waitMs = await (isCancel ? cancelAllowance : allowance).take(caller);
    if (waitMs === 0) return;
    onLimited(isCancel ? "cancel" : "other");
    throw new TooManyRequestsError(waitMs);
  }
}

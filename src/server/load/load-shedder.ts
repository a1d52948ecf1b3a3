import type { Admission } from "../../resilience/admission.js";
import { HttpError } from "../http-error.js";
import type { CancelDetector } from "./cancel-detector.js";

/** For a client that comes back: long enough for some of the others to be answered. */
const RETRY_AFTER_MS = 1_000;

/** Lets requests in or refuses them, cancels last. */
export class LoadShedder {
  constructor(
    private readonly admission: Admission,
    private readonly detector: CancelDetector,
    private readonly onShed: (kind: "cancel" | "other") => void,
  ) {}

  /** @param body of a POST, parsed. @returns what to call when the request is over. @throws HttpError */
  enter(body: unknown): () => void {
    // Whoever gets in without being urgent need not be looked at.
    const leave = this.admission.enter(false);
    if (leave) return leave;
    const isCancel = this.detector.isCancel(body);
    const leaveAsCancel = isCancel ? this.admission.enter(true) : undefined;
    if (leaveAsCancel) return leaveAsCancel;
    this.onShed(isCancel ? "cancel" : "other");
    throw new HttpError(
      503,
      "OVERLOADED",
      "The gateway has more to do than it can do. Try again in a second.",
      RETRY_AFTER_MS,
    );
  }
}

import type { Admission } from "../../resilience/admission.js";
import type { CancelDetector } from "./cancel-detector.js";
import { overloaded } from "./overloaded.js";

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
    throw overloaded();
  }
}

import { type FaultSection, rowsOf } from "../fault-row.js";
import { doneAll, error, html } from "../simulated.js";
import { UNAVAILABLE, UNAVAILABLE_AND_DONE } from "../answers.js";

/** Klaviyo, or who stands in front of it, says that it cannot. A write may have been carried out all the same. */
export const SERVER_ERRORS: FaultSection = {
  title: "Something is broken: 408 and 5xx",
  rows: [
    ...rowsOf(UNAVAILABLE, {
      "HTTP 500": error(500),
      "502, a page": html(502),
      "HTTP 503": error(503),
      "503, in 1 s": error(503, { "Retry-After": "1" }),
      "503, a challenge page": html(503, { "cf-mitigated": "challenge" }),
      "HTTP 504": error(504),
      "524, a page": html(524),
      "HTTP 408": error(408),
    }),
    ...rowsOf(UNAVAILABLE_AND_DONE, { "500, and carried out": doneAll({ kind: "status", status: 500 }) }),
  ],
};

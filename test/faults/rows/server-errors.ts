import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
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
      "503, a challenge page": html(503, { "cf-mitigated": "challenge" }),
      "HTTP 504": error(504),
      "524, a page": html(524),
      "HTTP 408": error(408),
    }),
    ...rowsOf(unavailableFor(1, "3 GET", "data: 2 GET"), { "503, in 1 s": error(503, { "Retry-After": "1" }) }),
    ...rowsOf(unavailableFor(60, "GET"), { "503, in a minute": error(503, { "Retry-After": "60" }) }),
    ...rowsOf(UNAVAILABLE_AND_DONE, { "500, and carried out": doneAll({ kind: "status", status: 500 }) }),
  ],
};

/** A term of which reads take notice. Cancels and sends do as after any other 5xx: whether they were carried out is what matters. */
function unavailableFor(seconds: number, readCalls: string, readOnce?: string): Answers {
  const code = `UPSTREAM_UNAVAILABLE in ${seconds} s`;
  const read = `${code}: ${readCalls}`;
  const once = readOnce ?? read;
  return {
    once: [once, once, "STOPPED: 2 PATCH, 4 GET", "STOPPED: PATCH, 4 GET", `UNKNOWN ${code}: POST, 7 GET`],
    always: [
      read,
      read,
      `UNKNOWN ${code}: 12 PATCH, 14 GET`,
      `ACCEPTED ${code}: PATCH, 12 GET`,
      `UNKNOWN ${code}: POST, 7 GET`,
    ],
  };
}

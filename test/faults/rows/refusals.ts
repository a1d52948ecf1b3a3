import { sameAlways } from "../answers.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import { error } from "../simulated.js";

const UNAUTHORIZED = sameAlways([
  "UPSTREAM_UNAUTHORIZED: GET",
  "UPSTREAM_UNAUTHORIZED: GET",
  "NOT_STOPPED UPSTREAM_UNAUTHORIZED: PATCH, GET",
  "ACCEPTED UPSTREAM_UNAUTHORIZED: PATCH, GET",
  "REFUSED UPSTREAM_UNAUTHORIZED: POST",
]);

/** A page is asked for once more, without what the key may not include. */
const FORBIDDEN = sameAlways([
  "FORBIDDEN: GET",
  "FORBIDDEN: 2 GET",
  "NOT_STOPPED FORBIDDEN: PATCH, GET",
  "ACCEPTED FORBIDDEN: PATCH, GET",
  "REFUSED FORBIDDEN: POST",
]);

const NOT_FOUND: Answers = {
  once: [
    "null: GET",
    "UPSTREAM_REFUSED: GET",
    "NOT_STOPPED REVISION_REFUSED: PATCH, GET",
    "STOPPED: PATCH, 3 GET",
    "REFUSED NOT_FOUND: POST",
  ],
  always: [
    "null: GET",
    "UPSTREAM_REFUSED: GET",
    "NOT_STOPPED REVISION_REFUSED: PATCH, GET",
    "ACCEPTED NOT_FOUND: PATCH, 6 GET",
    "REFUSED NOT_FOUND: POST",
  ],
};

/** It may be refused because somebody else's cancel is at work: that is waited for. */
const BAD_REQUEST = sameAlways([
  "UPSTREAM_REFUSED: GET",
  "UPSTREAM_REFUSED: GET",
  "NOT_STOPPED NOT_SENDING: PATCH, 7 GET",
  "ACCEPTED UPSTREAM_REFUSED: PATCH, GET",
  "REFUSED NOT_ACCEPTED: POST",
]);

const CONFLICT = sameAlways([
  "UPSTREAM_REFUSED: GET",
  "UPSTREAM_REFUSED: GET",
  "NOT_STOPPED NOT_SENDING: PATCH, 7 GET",
  "ACCEPTED UPSTREAM_REFUSED: PATCH, GET",
  "REFUSED CONFLICT: POST",
]);

const GONE = sameAlways([
  "UPSTREAM_REFUSED: GET",
  "UPSTREAM_REFUSED: GET",
  "NOT_STOPPED REVISION_REFUSED: PATCH, GET",
  "ACCEPTED UPSTREAM_REFUSED: PATCH, GET",
  "REFUSED UPSTREAM_REFUSED: POST",
]);

export const REFUSALS: FaultSection = {
  title: "Klaviyo says no: 4xx",
  rows: [
    ...rowsOf(BAD_REQUEST, { "HTTP 400": error(400) }),
    ...rowsOf(UNAUTHORIZED, { "HTTP 401": error(401) }),
    ...rowsOf(FORBIDDEN, { "HTTP 403": error(403) }),
    ...rowsOf(NOT_FOUND, { "HTTP 404": error(404) }),
    ...rowsOf(CONFLICT, { "HTTP 409": error(409) }),
    ...rowsOf(GONE, { "HTTP 410": error(410) }),
  ],
};

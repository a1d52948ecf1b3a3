import type { Answers } from "./fault-row.js";

/** No answer that means anything, nor will there be one: what may pass is tried again, and a write is looked for. */
export const UNAVAILABLE: Answers = {
  once: [
    "data: 2 GET",
    "data: 2 GET",
    "STOPPED: 2 PATCH, 4 GET",
    "STOPPED: PATCH, 4 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: POST, 7 GET",
  ],
  always: [
    "UPSTREAM_UNAVAILABLE: 3 GET",
    "UPSTREAM_UNAVAILABLE: 3 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: 12 PATCH, 14 GET",
    "ACCEPTED UPSTREAM_UNAVAILABLE: PATCH, 12 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: POST, 7 GET",
  ],
};

/** The same, of a Klaviyo that has done what it was asked to: looking finds it out. */
export const UNAVAILABLE_AND_DONE: Answers = {
  once: ["data: 2 GET", "data: 2 GET", "STOPPED: 2 PATCH, 4 GET", "STOPPED: PATCH, 4 GET", "ACCEPTED: POST, 2 GET"],
  always: [
    "UPSTREAM_UNAVAILABLE: 3 GET",
    "UPSTREAM_UNAVAILABLE: 3 GET",
    "STOPPED: 4 PATCH, 4 GET",
    "ACCEPTED UPSTREAM_UNAVAILABLE: PATCH, 12 GET",
    "ACCEPTED: POST, 2 GET",
  ],
};

/** Nothing, until the time of an attempt is over. */
export const TIMEOUT: Answers = {
  once: [
    "data: 2 GET",
    "data: 2 GET",
    "STOPPED: 2 PATCH, 4 GET",
    "STOPPED UPSTREAM_TIMEOUT: PATCH, 2 GET",
    "UNKNOWN UPSTREAM_TIMEOUT: POST, 7 GET",
  ],
  always: [
    "UPSTREAM_TIMEOUT: 3 GET",
    "UPSTREAM_TIMEOUT: 3 GET",
    "UNKNOWN UPSTREAM_TIMEOUT: 4 PATCH, 3 GET",
    "ACCEPTED UPSTREAM_TIMEOUT: PATCH, 2 GET",
    "UNKNOWN UPSTREAM_TIMEOUT: POST, 7 GET",
  ],
};

/** Nothing went wrong. */
export const SOUND: Answers = sameAlways([
  "data: GET",
  "data: GET",
  "STOPPED: PATCH, 3 GET",
  "STOPPED: PATCH, 3 GET",
  "ACCEPTED: POST",
]);

/** Where it makes no difference whether it goes wrong once or every time. */
export function sameAlways(cells: Answers["always"]): Answers {
  return { once: cells, always: cells };
}

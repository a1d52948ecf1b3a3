import { START_MS } from "../../support/held-clock.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import { SECRET } from "../scripts.js";
import { error, html } from "../simulated.js";

const FROM_KLAVIYO = { Date: date(0) };

/** A term that can be waited for. */
const IN_2_S: Answers = {
  once: ["data: 2 GET", "data: 2 GET", "STOPPED: 2 PATCH, 3 GET", "STOPPED: PATCH, 4 GET", "ACCEPTED: 2 POST, GET"],
  always: [
    "RATE_LIMITED in 2 s: 3 GET",
    "RATE_LIMITED in 2 s: 3 GET",
    "NOT_STOPPED RATE_LIMITED in 2 s: 8 PATCH, GET",
    "ACCEPTED RATE_LIMITED in 2 s: PATCH, 8 GET",
    "REFUSED RATE_LIMITED in 2 s: 6 POST, 5 GET",
  ],
};

export const IN_3_S: Answers = {
  once: ["data: 2 GET", "data: 2 GET", "STOPPED: 2 PATCH, 3 GET", "STOPPED: PATCH, 4 GET", "ACCEPTED: 2 POST, GET"],
  always: [
    "RATE_LIMITED in 3 s: 3 GET",
    "RATE_LIMITED in 3 s: 3 GET",
    "NOT_STOPPED RATE_LIMITED in 3 s: 5 PATCH, GET",
    "ACCEPTED RATE_LIMITED in 3 s: PATCH, 6 GET",
    "REFUSED RATE_LIMITED in 3 s: 4 POST, 3 GET",
  ],
};

/** A term that is over already. */
export const NOW: Answers = {
  once: ["data: 2 GET", "data: 2 GET", "STOPPED: 2 PATCH, 3 GET", "STOPPED: PATCH, 4 GET", "ACCEPTED: 2 POST, GET"],
  always: [
    "RATE_LIMITED in 0 s: 3 GET",
    "RATE_LIMITED in 0 s: 3 GET",
    "NOT_STOPPED RATE_LIMITED in 0 s: 12 PATCH, GET",
    "ACCEPTED RATE_LIMITED in 0 s: PATCH, 12 GET",
    "REFUSED RATE_LIMITED in 0 s: 8 POST, 7 GET",
  ],
};

/** No term that could be understood: Klaviyo's shorter window is a second. */
const SOME_TIME: Answers = {
  once: ["data: 2 GET", "data: 2 GET", "STOPPED: 2 PATCH, 3 GET", "STOPPED: PATCH, 4 GET", "ACCEPTED: 2 POST, GET"],
  always: [
    "RATE_LIMITED: 3 GET",
    "RATE_LIMITED: 3 GET",
    "NOT_STOPPED RATE_LIMITED: 11 PATCH, GET",
    "ACCEPTED RATE_LIMITED: PATCH, 10 GET",
    "REFUSED RATE_LIMITED: 8 POST, 7 GET",
  ],
};

export const THROTTLING: FaultSection = {
  title: "Not now: 429",
  rows: [
    ...rowsOf(IN_2_S, { "429, in 2 s": error(429, { "Retry-After": "2" }) }),
    ...rowsOf(IN_3_S, { "429, with a date 3 s ahead": error(429, { ...FROM_KLAVIYO, "Retry-After": date(3_000) }) }),
    ...rowsOf(NOW, {
      "429, in 0 s": error(429, { "Retry-After": "0" }),
      "429, with a date that is past": error(429, { ...FROM_KLAVIYO, "Retry-After": "Mon, 05 Jan 2026 12:00:00 GMT" }),
    }),
    ...rowsOf(SOME_TIME, {
      "429, without a time": error(429),
      "429, in minus 7 s": error(429, { "Retry-After": "-7" }),
      "429, words for a time": error(429, { "Retry-After": `soon ${SECRET}` }),
      "429, a page": html(429),
    }),
    ...rowsOf(tooLong(60), { "429, in a minute": error(429, { "Retry-After": "60" }) }),
    // What is told is cut to a day.
    ...rowsOf(tooLong(86_400), { "429, in 3,000 years": error(429, { "Retry-After": "99999999999" }) }),
  ],
};

/** A term that nobody has the time for. */
export function tooLong(seconds: number): Answers {
  const code = `RATE_LIMITED in ${seconds} s`;
  const read = `${code}: GET`;
  const ask = `NOT_STOPPED ${code}: PATCH, GET`;
  const send = `REFUSED ${code}: POST`;
  return {
    once: [read, read, ask, "STOPPED: PATCH, 4 GET", send],
    always: [read, read, ask, `ACCEPTED ${code}: PATCH, 4 GET`, send],
  };
}

function date(afterMs: number): string {
  return new Date(START_MS + afterMs).toUTCString();
}

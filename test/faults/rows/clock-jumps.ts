import { START_MS } from "../../support/held-clock.js";
import type { Script } from "../../support/hostile-upstream.js";
import { TIMEOUT } from "../answers.js";
import { type FaultSection, type Play, rowsOf } from "../fault-row.js";
import { bytesAndStall, jump, script, SECRET, whole } from "../scripts.js";
import { IN_3_S, NOW, tooLong } from "./throttling.js";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const BLACK_HOLE = bytesAndStall(() => "");

/** The gateway's own wall clock is put back or forward while Klaviyo thinks. */
export const CLOCK_JUMPS: FaultSection = {
  title: "The clock jumps",
  rows: [
    ...rowsOf(TIMEOUT, {
      "A black hole, our clock put forward a day": script(jump(DAY_MS, BLACK_HOLE)),
      "A black hole, our clock put back an hour": script(jump(-HOUR_MS, BLACK_HOLE)),
    }),
    ...rowsOf(IN_3_S, {
      "429, with a date 3 s ahead and its own, our clock a day fast": throttled(DAY_MS, true),
      "429, with a date 3 s ahead and its own, our clock an hour slow": throttled(-HOUR_MS, true),
    }),
    // Without a date of its own there is nothing but our clock to measure it by.
    ...rowsOf(NOW, { "429, with a date 3 s ahead, our clock a day fast": throttled(DAY_MS, false) }),
    ...rowsOf(tooLong(3_603), { "429, with a date 3 s ahead, our clock an hour slow": throttled(-HOUR_MS, false) }),
  ],
};

function throttled(jumpMs: number, hasDate: boolean): Play {
  const refuse: Script = (stage) => {
    const nowMs = stage.clock.now();
    const headers = { "Retry-After": httpDate(nowMs + 3_000), ...(hasDate && { Date: httpDate(nowMs) }) };
    return whole("429 Too Many Requests", "text/plain", SECRET, headers)(stage);
  };
  return script(jump(jumpMs, refuse));
}

function httpDate(afterMs: number): string {
  return new Date(START_MS + afterMs).toUTCString();
}

import { TIMEOUT } from "../answers.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import * as scripts from "../scripts.js";
import { CHUNKED, chunk, HEAD, http, lieAbout, OK, script, SECRET } from "../scripts.js";

const STALLS = { by: "simulator", answer: { kind: "black-hole" }, stalls: true } as const;

/** Klaviyo did it, and had time to: looking finds it out. */
const DONE: Answers = {
  once: [
    "data: 2 GET",
    "data: 2 GET",
    "STOPPED: PATCH, GET",
    "STOPPED UPSTREAM_TIMEOUT: PATCH, 2 GET",
    "ACCEPTED: POST, 2 GET",
  ],
  always: [
    "UPSTREAM_TIMEOUT: 3 GET",
    "UPSTREAM_TIMEOUT: 3 GET",
    "STOPPED: PATCH, GET",
    "ACCEPTED UPSTREAM_TIMEOUT: PATCH, 2 GET",
    "ACCEPTED: POST, 2 GET",
  ],
};

export const SILENCE: FaultSection = {
  title: "No answer comes, or none to an end",
  rows: [
    ...rowsOf(TIMEOUT, { "A black hole": STALLS }),
    ...rowsOf(DONE, { "A black hole, and carried out": { ...STALLS, applied: true } }),
    ...rowsOf(TIMEOUT, {
      "A head, and no body": script(scripts.bytesAndStall(() => http(OK, { ...HEAD, "Content-Length": 100 }))),
      "Half a body": script(
        scripts.bytesAndStall((stage) => http(OK, { ...HEAD, "Content-Length": 9_999 }, lieAbout(stage))),
      ),
      "A head, byte by byte": script(scripts.drip((_, step) => "HTTP/1.1".charAt(step))),
      "A body, byte by byte": script(
        scripts.drip((_, step) => (step ? " " : http(OK, { ...HEAD, "Content-Length": 100 }))),
      ),
      "Chunks without end, slowly": script(scripts.drip((_, step) => (step ? chunk(SECRET) : http(OK, CHUNKED)))),
      "103 without end": script(scripts.drip(() => http("103 Early Hints", { Link: SECRET }))),
    }),
  ],
};

import { UNAVAILABLE, UNAVAILABLE_AND_DONE } from "../answers.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import * as scripts from "../scripts.js";
import { CHUNKED, chunk, HEAD, http, JSON_API, lieAbout, OK, script, SECRET } from "../scripts.js";
import { doneAll, simulated } from "../simulated.js";
import type { Script } from "../../support/hostile-upstream.js";

const HALF = { ...HEAD, "Content-Length": 9_999 };

/** The first request of each connection is answered. A write cannot know that nobody has read it. */
const IDLE: Answers = {
  once: [
    "data: GET",
    "data: 2 GET",
    "STOPPED: 2 PATCH, 4 GET",
    "STOPPED: PATCH, 4 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: POST, 7 GET",
  ],
  always: [
    "data: 2 GET",
    "data: 2 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: 12 PATCH, 14 GET",
    "STOPPED UPSTREAM_UNAVAILABLE: PATCH, 6 GET",
    "UNKNOWN UPSTREAM_UNAVAILABLE: POST, 7 GET",
  ],
};

export const LOST_CONNECTIONS: FaultSection = {
  title: "The connection breaks, or what comes is not HTTP",
  rows: [
    ...rowsOf(UNAVAILABLE, {
      "Reset before an answer": simulated({ kind: "reset" }),
      "Ended before an answer": script(scripts.bytesAndEnd(() => "")),
      "Reset in the head": script(scripts.bytesAndReset(() => `HTTP/1.1 200 OK\r\nX-A: ${SECRET}`)),
      "Ended in the head": script(scripts.bytesAndEnd(() => `HTTP/1.1 200 OK\r\nX-A: ${SECRET}`)),
      "Reset in the body": script(scripts.bytesAndReset((stage) => http(OK, HALF, lieAbout(stage)))),
      "Ended in the body": script(scripts.bytesAndEnd((stage) => http(OK, HALF, lieAbout(stage)))),
      "Ended without a last chunk": script(scripts.bytesAndEnd((stage) => http(OK, CHUNKED, chunk(lieAbout(stage))))),
      "A head without end": script(scripts.flood(() => "HTTP/1.1 200 OK\r\n", `X-Filler: ${SECRET}\r\n`.repeat(20))),
      "Another protocol": script(scripts.bytes(() => `SSH-2.0-${SECRET}\r\n`)),
      "101, another protocol": script(
        scripts.bytes(() => http("101 Switching Protocols", { Upgrade: SECRET, Connection: "Upgrade" })),
      ),
      "HTTP/2 unasked": script(scripts.bytes(() => Buffer.from("000012040000000000000300000064", "hex"))),
      "A status that is none": script(
        scripts.whole("999 Odd", JSON_API, JSON.stringify({ errors: [{ detail: SECRET }] })),
      ),
      "A length that is no number": script(scripts.bytes(() => `HTTP/1.1 200 OK\r\nContent-Length: ${SECRET}\r\n\r\n`)),
      "A negative length": script(scripts.bytes(() => http(OK, { ...HEAD, "Content-Length": -1 }, SECRET))),
      "Two lengths": script(
        scripts.bytes((stage) => http(OK, { "Content-Length": 5, "content-length": 6 }, lieAbout(stage))),
      ),
      "A length and chunks": script(
        scripts.bytes((stage) => http(OK, { ...CHUNKED, "Content-Length": 5 }, chunk(lieAbout(stage)))),
      ),
      "Chunks of nonsense": script(scripts.bytes(() => http(OK, CHUNKED, `${SECRET}\r\n${SECRET}\r\n`))),
    }),
    ...rowsOf(UNAVAILABLE_AND_DONE, {
      "Reset, and carried out": doneAll({ kind: "reset" }),
      "Ended in the body, and carried out": simulated({ kind: "reset-mid-body" }),
      "100 before the answer": script(scripts.preamble("HTTP/1.1 100 Continue\r\n\r\n")),
    }),
    ...rowsOf(IDLE, {
      "Reset, of a connection that was idle": script(onceIdle((socket) => socket.resetAndDestroy())),
      "Ended, of a connection that was idle": script(onceIdle((socket) => socket.end())),
    }),
  ],
};

function onceIdle(hangUp: (socket: Parameters<Script>[0]["socket"]) => void): Script {
  return ({ call, socket, relay }) => (call.callsBefore === 0 ? relay() : hangUp(socket));
}

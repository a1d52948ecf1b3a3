import { SOUND } from "../answers.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import { http, SECRET } from "../scripts.js";

/** A part of a name has 63 letters at most: the resolver knows without asking anybody, whatever the network is like. */
const NO_SUCH_NAME = `https://${"x".repeat(64)}.invalid`;

/** Nothing was sent, so writes are tried again, and what is told of them is sure. */
const UNREACHED: Answers = {
  always: [
    "UPSTREAM_UNAVAILABLE: no call",
    "UPSTREAM_UNAVAILABLE: no call",
    "NOT_STOPPED UPSTREAM_UNAVAILABLE: no call",
    "NOT_STOPPED UPSTREAM_UNAVAILABLE: no call",
    "REFUSED UPSTREAM_UNAVAILABLE: no call",
  ],
};

const STALLED: Answers = {
  always: [
    "UPSTREAM_TIMEOUT: no call",
    "UPSTREAM_TIMEOUT: no call",
    "NOT_STOPPED UPSTREAM_TIMEOUT: no call",
    "NOT_STOPPED UPSTREAM_TIMEOUT: no call",
    "REFUSED UPSTREAM_TIMEOUT: no call",
  ],
};

export const UNREACHABLE: FaultSection = {
  title: "Klaviyo cannot be reached",
  rows: [
    ...rowsOf(UNREACHED, {
      Refused: { by: "origin", url: "http://127.0.0.1:1" },
      "No such name": { by: "origin", url: NO_SUCH_NAME },
    }),
    ...rowsOf(UNREACHED, {
      "A TLS handshake that is reset": {
        by: "connection",
        scheme: "https",
        greeting: (socket) => socket.once("data", () => socket.resetAndDestroy()),
      },
      "Plain HTTP where TLS should be": {
        by: "connection",
        scheme: "https",
        greeting: (socket) => socket.once("data", () => socket.end(http("400 Bad Request", {}, SECRET))),
      },
    }),
    ...rowsOf(STALLED, {
      "A TLS handshake that stalls": {
        by: "connection",
        scheme: "https",
        greeting: (_, clock) => void setImmediate(() => clock.advanceTo(clock.nextDueMs)),
      },
    }),
    ...rowsOf(UNREACHED, {
      "A certificate that nobody knows": { by: "certificate", certificate: "unknown" },
      "A certificate of another host": { by: "certificate", certificate: "ofAnotherHost" },
      "A certificate that has expired": { by: "certificate", certificate: "expired" },
    }),
    ...rowsOf({ always: SOUND.always }, { "A certificate in order": { by: "certificate", certificate: "inOrder" } }),
  ],
};

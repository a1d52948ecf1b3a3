import { gzipSync } from "node:zlib";
import { SOUND } from "../answers.js";
import { type Answers, type FaultSection, rowsOf } from "../fault-row.js";
import * as scripts from "../scripts.js";
import { HEAD, http, JSON_API, lieAbout, OK, script, SECRET, whole } from "../scripts.js";
import { error, html, simulated } from "../simulated.js";

/** In place of an answer of Klaviyo's: a write has not been carried out. */
const REFUSED: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "NOT_STOPPED UPSTREAM_INVALID_RESPONSE: PATCH, GET",
    "STOPPED: PATCH, 4 GET",
    "REFUSED UPSTREAM_INVALID_RESPONSE: POST",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "NOT_STOPPED UPSTREAM_INVALID_RESPONSE: PATCH, GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "REFUSED UPSTREAM_INVALID_RESPONSE: POST",
  ],
};

/** Success, it says, and nothing that is known to be Klaviyo's: it is not known whether a write was carried out. */
const UNREADABLE: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "STOPPED: 2 PATCH, 4 GET",
    "STOPPED: PATCH, 4 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: 12 PATCH, 14 GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
};

/** The same, of a Klaviyo that has done what it was asked to. */
const UNREADABLE_AND_DONE: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "STOPPED: 2 PATCH, 4 GET",
    "STOPPED: PATCH, 4 GET",
    "ACCEPTED: POST, 2 GET",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "STOPPED: 4 PATCH, 4 GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "ACCEPTED: POST, 2 GET",
  ],
};

/** JSON, or nothing, and success: a cancel has no document, so to a cancel it is Klaviyo's word. It was not kept here. */
const EMPTY_WORD: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "ACCEPTED STILL_STOPPING: PATCH, 6 GET",
    "STOPPED: PATCH, 4 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "UPSTREAM_INVALID_RESPONSE: GET",
    "ACCEPTED STILL_STOPPING: PATCH, 6 GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
};

/** Which campaigns a page holds is Klaviyo's to say. */
const ANOTHER_ID: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "data: GET",
    "STOPPED: PATCH, 3 GET",
    "STOPPED: PATCH, 4 GET",
    "ACCEPTED: POST, 2 GET",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "data: GET",
    "STOPPED: PATCH, 3 GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "ACCEPTED: POST, 2 GET",
  ],
};

/** A page may name a campaign twice; where one was asked for, two are none. */
const TWICE: Answers = {
  once: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "data: GET",
    "ACCEPTED STILL_STOPPING: PATCH, 6 GET",
    "STOPPED: PATCH, 4 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
  always: [
    "UPSTREAM_INVALID_RESPONSE: GET",
    "data: GET",
    "ACCEPTED STILL_STOPPING: PATCH, 6 GET",
    "ACCEPTED UPSTREAM_INVALID_RESPONSE: PATCH, 12 GET",
    "UNKNOWN UPSTREAM_INVALID_RESPONSE: POST, 7 GET",
  ],
};

const SAME = {
  type: "campaign",
  id: "TWICE",
  attributes: { name: "One of two", status: "Draft" },
  relationships: { "campaign-messages": { data: [] }, tags: { data: [] } },
};
const OTHERWISE = { ...SAME, attributes: { ...SAME.attributes, status: "Sent" } };
const ELSEWHERE = { Location: `https://${SECRET}.invalid/` };
const BOMB = gzipSync(Buffer.alloc(50_000_000, " "), { level: 9 });

export const STRANGERS: FaultSection = {
  title: "An answer that is not Klaviyo's",
  rows: [
    ...rowsOf(REFUSED, {
      "404, a page": html(404),
      "403, a challenge page": html(403, { "cf-mitigated": "challenge" }),
      "A redirect": simulated({ kind: "redirect", location: `/api/elsewhere/${SECRET}` }),
      "302 to another host": script(whole("302 Found", JSON_API, "", ELSEWHERE)),
      "307 to another host": script(whole("307 Temporary Redirect", JSON_API, "", ELSEWHERE)),
      "HTTP 304": script(scripts.bytes(() => http("304 Not Modified", { ETag: SECRET }))),
    }),
    ...rowsOf(UNREADABLE, {
      "200, a page": html(200),
      "JSON by another name": error(200, {}, "text/plain"),
      "An error document with 200": error(200),
      "A huge document": simulated({ kind: "huge-body", bytes: 1_000_000 }),
      "A body without end": script(scripts.flood(() => http(OK, scripts.CHUNKED), scripts.chunk(SECRET.repeat(500)))),
      "A length that is too short": script(
        scripts.bytes((stage) => http(OK, { ...HEAD, "Content-Length": 20 }, lieAbout(stage))),
      ),
      "A compressed bomb": script(scripts.bytes(() => compressed(BOMB))),
      "Said to be compressed": script(scripts.bytes((stage) => compressed(lieAbout(stage)))),
      "Nested 60,000 deep": script(scripts.json(() => "[".repeat(60_000))),
      "Not UTF-8": script(
        scripts.bytes(() => http(OK, { ...HEAD, "Content-Length": 4 }, Buffer.from("7bfffe7d", "hex"))),
      ),
    }),
    ...rowsOf(UNREADABLE_AND_DONE, { "Half a document": simulated({ kind: "truncated" }) }),
    ...rowsOf(EMPTY_WORD, {
      "Nothing, with 200": simulated({ kind: "status", status: 200, body: "" }),
      "Nothing, with 204": simulated({ kind: "status", status: 204 }),
      "`null`": script(scripts.json(() => "null")),
      "A document without data": script(scripts.json(() => JSON.stringify({ meta: SECRET }))),
      "Data that is null": script(scripts.json(() => '{"data":null}')),
      "Another type": script(scripts.json(() => JSON.stringify({ data: { type: SECRET, id: "1" } }))),
      "A list where one was asked for": script(scripts.json((stage) => `{"data":[${dataOf(stage)}]}`)),
      "Poisoned keys": script(
        scripts.json(() => `{"__proto__":{"data":{}},"constructor":{"prototype":{"${SECRET}":1}}}`),
      ),
    }),
    ...rowsOf(EMPTY_WORD, {
      "The same id twice, and not the same": script(scripts.json(() => JSON.stringify({ data: [SAME, OTHERWISE] }))),
      "What comes along says otherwise": script(
        scripts.json((stage) => `{"data":${dataOf(stage)},"included":[${otherwise(dataOf(stage))}]}`),
      ),
    }),
    ...rowsOf(TWICE, {
      "The same id twice": script(scripts.json(() => JSON.stringify({ data: [SAME, SAME] }))),
    }),
    ...rowsOf(ANOTHER_ID, { "Another id": simulated({ kind: "wrong-id" }) }),
    ...rowsOf(SOUND, {
      // The next request of the connection must not be given it.
      "Two answers in one breath": script((stage) => {
        const lie = lieAbout(stage);
        stage.relay(http(OK, { ...HEAD, "Content-Length": Buffer.byteLength(lie) }, lie));
      }),
      "103 before the answer": script(scripts.preamble(`HTTP/1.1 103 Early Hints\r\nLink: <${SECRET}>\r\n\r\n`)),
    }),
  ],
};

function compressed(body: string | Buffer): Buffer {
  return http(OK, { ...HEAD, "Content-Encoding": "gzip", "Content-Length": Buffer.byteLength(body) }, body);
}

function dataOf(stage: Parameters<typeof lieAbout>[0]): string {
  return JSON.stringify(JSON.parse(lieAbout(stage)).data);
}

/** The same resource, with another status. */
function otherwise(data: string): string {
  const resource = JSON.parse(data);
  return JSON.stringify({ ...resource, attributes: { ...resource.attributes, status: SECRET } });
}

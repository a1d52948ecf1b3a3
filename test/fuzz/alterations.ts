import type { Json } from "../properties/arbitrary-of.js";
import { alterBytes } from "./alter-bytes.js";
import { alterJson } from "./alter-json.js";
import type { Alteration, TrueAnswer } from "./altered-upstream.js";
import type { Draw } from "./draw.js";
import { junkOf } from "./junk.js";

/** Stands in every error of the altered answers, and must not stand in an error of the gateway's. */
export const PLANTED = "planted-by-the-upstream";

const STATUSES = [
  200, 201, 202, 204, 206, 299, 301, 304, 307, 400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 418, 422, 425,
  429, 451, 499, 500, 501, 502, 503, 504, 520, 599, 600, 999,
];

const HEADERS: Readonly<Record<string, readonly string[]>> = {
  "retry-after": [
    "0",
    "1",
    "-1",
    "1.5",
    "1e400",
    "9".repeat(300),
    "Mon, 23 Nov 2026 12:00:05 GMT",
    "Mon, 99 Foo",
    "\xff",
    "",
  ],
  date: ["Mon, 23 Nov 2026 12:00:00 GMT", "never", "0"],
  "ratelimit-limit": ["3", "0", "-1", "NaN", "10, 10;w=1, 150;w=60", "9".repeat(300), "a;w=b", "\xff"],
  "ratelimit-remaining": ["0", "-5", "1e9", "x"],
  "ratelimit-reset": ["0", "1", "-1", "9".repeat(300), "x"],
  "content-type": ["text/html", "application/json", "application/vnd.api+json; charset=utf-16", "", "\xff"],
  "content-encoding": ["gzip", "identity", "br, gzip", "\xff"],
  location: ["http://127.0.0.1:1/", "//", "\xff"],
  "set-cookie": ["a=b"],
  connection: ["close", "upgrade"],
  link: ["<x>; rel=next"],
};

/** What becomes of an answer. What depends on the answer is decided when that is there. */
export const ALTERATIONS: Readonly<Record<string, (draw: Draw, onSilence: () => void) => Alteration>> = {
  "a document that is not quite Klaviyo's": (draw) => (answer, socket) =>
    socket.write(wire({ ...answer, body: alteredBody(draw, answer.body) })),
  "another status": (draw) => (answer, socket) => socket.write(wire({ ...answer, status: draw.pick(STATUSES) })),
  "other headers": (draw) => (answer, socket) =>
    socket.write(wire({ ...answer, headers: { ...answer.headers, ...headersOf(draw) } })),
  "errors of all kinds": (draw) => (answer, socket) => socket.write(wire({ ...answer, ...errorOf(draw) })),
  "broken bytes, and the end": (draw) => (answer, socket) => socket.end(alterBytes(draw, wire(answer))),
  "broken bytes, and silence": (draw, onSilence) => (answer, socket) => {
    socket.write(alterBytes(draw, wire(answer)));
    onSilence();
  },
  "a reset": () => (_answer, socket) => socket.resetAndDestroy(),
};

/** No alteration: what is sound between what is not. */
export const relay: Alteration = (answer, socket) => void socket.write(wire(answer));

function alteredBody(draw: Draw, body: string): string {
  let altered = body === "" ? null : (JSON.parse(body) as Json);
  for (let left = 1 + draw.below(3); left > 0; left--) altered = alterJson(draw, altered);
  return JSON.stringify(altered);
}

function headersOf(draw: Draw): Readonly<Record<string, string>> {
  const names = Array.from({ length: 1 + draw.below(3) }, () => draw.pick(Object.keys(HEADERS)));
  return Object.fromEntries(names.map((name) => [name, draw.pick(HEADERS[name] ?? [""])]));
}

function errorOf(draw: Draw): Partial<TrueAnswer> {
  const error = {
    id: "8c8f4aea",
    status: 400,
    code: PLANTED,
    title: PLANTED,
    detail: PLANTED,
    source: { pointer: "/data" },
  };
  const altered = draw.oneIn(2) ? alterJson(draw, { errors: [error] }) : { errors: [junkOf(draw), error] };
  return {
    status: draw.pick(STATUSES),
    headers: { "content-type": "application/vnd.api+json", ...(draw.oneIn(2) && headersOf(draw)) },
    body: JSON.stringify(altered),
  };
}

function wire({ status, headers, body }: TrueAnswer): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ ...headers, "content-length": String(bytes.length) });
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`;
  return Buffer.concat([Buffer.from(head, "latin1"), bytes]);
}

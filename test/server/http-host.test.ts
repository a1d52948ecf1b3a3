import { describe, expect, test } from "@jest/globals";
import { isErrorCode } from "../../src/server/error-codes.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";
import { closed, openSocket, type RawAnswer, readAnswer, sendRaw } from "./raw-http.js";

const HOST = "Host: gateway.example.com";
const QUERY = `{"query":"{__typename}"}`;

/** A request with the given request line and headers, and a Host unless they bring their own. */
function head(requestLine: string, ...headers: string[]): string {
  const host = headers.some((header) => header.startsWith("Host:")) ? [] : [HOST];
  return `${[requestLine, ...host, ...headers].join("\r\n")}\r\n\r\n`;
}

function post(headers: string[], body = ""): string {
  return head("POST /graphql HTTP/1.1", "Content-Type: application/json", ...headers) + body;
}

async function expectAlive(gateway: TestGateway): Promise<void> {
  const { status, body } = await gateway.query("{ __typename }");
  expect({ status, body }).toEqual({ status: 200, body: { data: { __typename: "Query" } } });
}

function expectError({ status, headers, body }: RawAnswer, expectedStatus: number, code: string): void {
  expect(isErrorCode(code)).toBe(true);
  expect(status).toBe(expectedStatus);
  expect(headers["content-type"]).toBe("application/json; charset=utf-8");
  expect(JSON.parse(body)).toEqual({
    errors: [expect.objectContaining({ message: expect.any(String), extensions: { code } })],
  });
}

const HOSTILE_BYTES: readonly (readonly [what: string, bytes: string, status: number, code: string])[] = [
  ["a target that no URL parser takes", head("GET http://[::1 HTTP/1.1"), 404, "NOT_FOUND"],
  ["a target of two slashes", head("GET // HTTP/1.1"), 404, "NOT_FOUND"],
  ["a target of percent signs", head("GET /%%%ff HTTP/1.1"), 404, "NOT_FOUND"],
  ["a query of bytes that are not UTF-8", head("GET /graphql?query=%ff%fe HTTP/1.1"), 400, "BAD_REQUEST"],
  ["a target without a slash", head("GET graphql HTTP/1.1"), 400, "BAD_REQUEST"],
  ["a target that is a fragment", head("GET #graphql HTTP/1.1"), 400, "BAD_REQUEST"],
  ["garbage", "\x00\x01\x02 garbage\r\n\r\n", 400, "BAD_REQUEST"],
  ["a TLS handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400, "BAD_REQUEST"],
  ["a line break in the request line", "GET /x\r\nX-Injected: 1 HTTP/1.1\r\n\r\n", 404, "NOT_FOUND"],
  ["a bare carriage return in a header", head("GET /livez HTTP/1.1", "X: a\rb"), 400, "BAD_REQUEST"],
  ["bare line feeds", "GET /livez HTTP/1.1\nHost: x\n\n", 400, "BAD_REQUEST"],
  ["a header after a bare line feed", head("GET /livez HTTP/1.1", "X: a\nY: b"), 400, "BAD_REQUEST"],
  ["a space before a header's colon", head("GET /livez HTTP/1.1", "X : a"), 400, "BAD_REQUEST"],
  ["a folded header", head("GET /livez HTTP/1.1", "X: a\r\n b"), 400, "BAD_REQUEST"],
  ["NUL in the target", head("GET /livez\0 HTTP/1.1"), 400, "BAD_REQUEST"],
  ["NUL in a header", head("GET /livez HTTP/1.1", "X: \0"), 400, "BAD_REQUEST"],
  ["no Host", "GET /livez HTTP/1.1\r\n\r\n", 400, "BAD_REQUEST"],
  ["two Hosts", head("GET /livez HTTP/1.1", "Host: a", "Host: b"), 400, "BAD_REQUEST"],
  ["two lengths", post(["Content-Length: 2", "Content-Length: 3"], "{}}"), 400, "BAD_REQUEST"],
  ["a negative length", post(["Content-Length: -1"], "{}"), 400, "BAD_REQUEST"],
  ["a length that is no integer", post(["Content-Length: 1e3"], "{}"), 400, "BAD_REQUEST"],
  ["a length and chunks", post(["Content-Length: 5", "Transfer-Encoding: chunked"], "0\r\n\r\n"), 400, "BAD_REQUEST"],
  ["an unknown transfer encoding", post(["Transfer-Encoding: identity"], "{}"), 400, "BAD_REQUEST"],
  ["a chunk size that is no number", post(["Transfer-Encoding: chunked"], "zz\r\n{}\r\n"), 400, "BAD_REQUEST"],
  ["a negative chunk size", post(["Transfer-Encoding: chunked"], "-1\r\n{}\r\n"), 400, "BAD_REQUEST"],
  ["a chunk size beyond 64 bits", post(["Transfer-Encoding: chunked"], `${"F".repeat(17)}\r\n`), 400, "BAD_REQUEST"],
  [
    "a header that is too large",
    head("GET /livez HTTP/1.1", `X: ${"a".repeat(20_000)}`),
    431,
    "REQUEST_HEADER_FIELDS_TOO_LARGE",
  ],
  [
    "too many headers",
    head("GET /livez HTTP/1.1", ...Array(4_000).fill("X: a")),
    431,
    "REQUEST_HEADER_FIELDS_TOO_LARGE",
  ],
  ["a very long URL", head(`GET /${"a".repeat(20_000)} HTTP/1.1`), 431, "REQUEST_HEADER_FIELDS_TOO_LARGE"],
  ["an unknown method", head("BREW /graphql HTTP/1.1"), 400, "BAD_REQUEST"],
  ["a method that is not GraphQL's", head("PROPFIND /graphql HTTP/1.1"), 405, "METHOD_NOT_ALLOWED"],
  ["TRACE", head("TRACE /graphql HTTP/1.1"), 405, "METHOD_NOT_ALLOWED"],
  ["CONNECT", head("CONNECT example.com:443 HTTP/1.1"), 405, "METHOD_NOT_ALLOWED"],
  [
    "an upgrade to a web socket",
    head("GET /graphql HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket"),
    400,
    "BAD_REQUEST",
  ],
  [
    "an expectation that nobody can meet",
    post(["Expect: nonsense", "Content-Length: 2"], "{}"),
    417,
    "EXPECTATION_FAILED",
  ],
  ["a target in absolute form", head("GET http://example.com/livez HTTP/1.1"), 404, "NOT_FOUND"],
  ["HTTP of another version", head("GET /livez HTTP/3.0"), 400, "BAD_REQUEST"],
  ["the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "BAD_REQUEST"],
  ["a percent-encoded slash", head("GET /graphql%2f HTTP/1.1"), 404, "NOT_FOUND"],
  ["a percent-encoded letter", head("GET /%67raphql HTTP/1.1"), 404, "NOT_FOUND"],
  ["dot segments", head("GET /graphql/../livez HTTP/1.1"), 404, "NOT_FOUND"],
  ["a path in other letters", head("GET /GraphQL HTTP/1.1"), 404, "NOT_FOUND"],
];

describe("hostile bytes are answered in JSON, and survived", () => {
  test.each(HOSTILE_BYTES)("%s", async (_what, bytes, status, code) => {
    await using gateway = await startGateway();
    expectError(await sendRaw(gateway.url, Buffer.from(bytes, "latin1")), status, code);
    await expectAlive(gateway);
  });

  test("nothing of them shows up as an incident", async () => {
    await using gateway = await startGateway();
    for (const [, bytes] of HOSTILE_BYTES) await sendRaw(gateway.url, Buffer.from(bytes, "latin1"));
    expect(gateway.logs.filter(({ level }) => Number(level) > 30)).toEqual([]);
  });

  test("many of them at once do not get in each other's way", async () => {
    await using gateway = await startGateway();
    const sent = HOSTILE_BYTES.map(([, bytes]) => sendRaw(gateway.url, Buffer.from(bytes, "latin1")));
    const answers = await Promise.all(sent);
    expect(answers.map(({ status }) => status)).toEqual(HOSTILE_BYTES.map(([, , status]) => status));
    await expectAlive(gateway);
  });
});

describe("what is unusual, and HTTP all the same, is answered", () => {
  test("HTTP/1.0, which knows no Host", async () => {
    await using gateway = await startGateway();
    const { status, body } = await sendRaw(gateway.url, "GET /livez HTTP/1.0\r\n\r\n");
    expect({ status, body }).toEqual({ status: 200, body: `{"status":"ok"}\n` });
  });

  test("HEAD, without a body", async () => {
    await using gateway = await startGateway();
    const alive = await fetch(`${gateway.url}/livez`, { method: "HEAD" });
    expect([alive.status, await alive.text()]).toEqual([200, ""]);
    const refused = await fetch(`${gateway.url}/graphql`, { method: "HEAD" });
    expect([refused.status, refused.headers.get("allow"), await refused.text()]).toEqual([
      405,
      "GET, POST, OPTIONS",
      "",
    ]);
  });

  test("OPTIONS of everything", async () => {
    await using gateway = await startGateway();
    expect((await sendRaw(gateway.url, head("OPTIONS * HTTP/1.1"))).status).toBe(204);
    await expectAlive(gateway);
  });

  test("`Expect: 100-continue`", async () => {
    await using gateway = await startGateway();
    const { status, body } = await sendRaw(
      gateway.url,
      post(["Expect: 100-continue", `Content-Length: ${QUERY.length}`], QUERY),
    );
    expect([status, JSON.parse(body)]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  test("requests that were sent ahead on one connection, in their order", async () => {
    await using gateway = await startGateway();
    const socket = openSocket(gateway.url);
    socket.write(post([`Content-Length: ${QUERY.length}`], QUERY));
    const first = await readAnswer(socket);
    socket.write(head("GET /livez HTTP/1.1"));
    const second = await readAnswer(socket);
    expect([first.body.trim(), second.body.trim()]).toEqual([`{"data":{"__typename":"Query"}}`, `{"status":"ok"}`]);
    socket.destroy();
  });

  test("an aborted body is nobody's, and is no incident", async () => {
    await using gateway = await startGateway();
    const socket = openSocket(gateway.url);
    socket.write(post(["Content-Length: 1000"], `{"query":`));
    await new Promise((resolve) => socket.once("connect", resolve));
    // The connection's end can only be noticed once the head has been read; an answer on another one comes after that.
    await expectAlive(gateway);
    socket.destroy();
    await until(() => gateway.logs.some(({ status }) => status === "client gone"));
    expect(gateway.logs.filter(({ level }) => Number(level) > 30)).toEqual([]);
    await expectAlive(gateway);
  });
});

const LIMIT_BYTES = 2_048;

/** A query of exactly that many bytes. */
function queryOf(bytes: number): string {
  return QUERY.padEnd(bytes, " ");
}

describe("a body", () => {
  const env = { HTTP_BODY_LIMIT_BYTES: String(LIMIT_BYTES) };

  test("of exactly the limit passes, by length and in chunks", async () => {
    await using gateway = await startGateway({ env });
    const body = queryOf(LIMIT_BYTES);
    const whole = await sendRaw(gateway.url, post([`Content-Length: ${body.length}`], body));
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const chunked = await sendRaw(gateway.url, post(["Transfer-Encoding: chunked"], chunk));
    expect([whole.status, chunked.status]).toEqual([200, 200]);
  });

  test("that says it is one byte too large is refused before it arrives", async () => {
    await using gateway = await startGateway({ env });
    const answer = await sendRaw(gateway.url, post([`Content-Length: ${LIMIT_BYTES + 1}`]));
    expectError(answer, 413, "PAYLOAD_TOO_LARGE");
    expect(answer.headers["connection"]).toBe("close");
    expect(answer.body).toContain(`${LIMIT_BYTES} bytes`);
  });

  test("that turns out to be one byte too large is refused when it does", async () => {
    await using gateway = await startGateway({ env });
    const body = queryOf(LIMIT_BYTES + 1);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
    const answer = await sendRaw(gateway.url, post(["Transfer-Encoding: chunked"], chunk));
    expectError(answer, 413, "PAYLOAD_TOO_LARGE");
    await expectAlive(gateway);
  });

  test("that goes on for ever is answered, and its client learns why", async () => {
    await using gateway = await startGateway({ env });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.alloc(20_000_000, " "),
    });
    expect(response.status).toBe(413);
    await expectAlive(gateway);
  });
});

interface Sent {
  readonly body?: string | Buffer | undefined;
  readonly headers?: Record<string, string>;
  readonly method?: string;
  readonly search?: string;
}

async function send(gateway: TestGateway, { body, headers = {}, method = "POST", search = "" }: Sent) {
  const response = await fetch(`${gateway.url}/graphql${search}`, {
    method,
    headers: { ...(method === "POST" && { "content-type": "application/json" }), ...headers },
    ...(body !== undefined && { body }),
  });
  return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
}

const PREFLIGHT = { "apollo-require-preflight": "1" };
const MUTATION = `mutation { cancelCampaignSend(id: "x", revision: "2026-07-15", action: CANCEL) { outcome } }`;
const sha256Hash = "0".repeat(64);

const REFUSED: readonly (readonly [what: string, sent: Sent, status: number, code: string])[] = [
  ["nothing", { body: "" }, 400, "BAD_REQUEST"],
  ["half a JSON document", { body: `{"query":` }, 400, "BAD_REQUEST"],
  [
    "bytes that are not UTF-8",
    { body: Buffer.from(`{"query":"{__typename}","x":"\xff"}`, "latin1") },
    400,
    "BAD_REQUEST",
  ],
  [
    "JSON in UTF-16",
    { body: Buffer.from(QUERY, "utf16le"), headers: { "content-type": "application/json; charset=utf-16" } },
    415,
    "UNSUPPORTED_MEDIA_TYPE",
  ],
  [
    "JSON that says it is compressed",
    { body: QUERY, headers: { "content-encoding": "gzip" } },
    415,
    "UNSUPPORTED_MEDIA_TYPE",
  ],
  ["a batch", { body: `[${QUERY},${QUERY}]` }, 400, "BAD_REQUEST"],
  ["an empty batch", { body: "[]" }, 400, "BAD_REQUEST"],
  ["null", { body: "null" }, 400, "BAD_REQUEST"],
  ["a number", { body: "1" }, 400, "BAD_REQUEST"],
  ["a string", { body: `"{ __typename }"` }, 400, "BAD_REQUEST"],
  ["an object with no query", { body: "{}" }, 400, "BAD_REQUEST"],
  ["a query that is a number", { body: `{"query":1}` }, 400, "BAD_REQUEST"],
  ["variables that are a string", { body: `{"query":"{__typename}","variables":"{}"}` }, 400, "BAD_REQUEST"],
  ["100 000 levels and then nothing", { body: "[".repeat(100_000) }, 400, "BAD_REQUEST"],
  ["a form", { body: "query=x", headers: { "content-type": "application/x-www-form-urlencoded" } }, 400, "BAD_REQUEST"],
  [
    "a form with files",
    { body: "--x--", headers: { "content-type": "multipart/form-data; boundary=x" } },
    400,
    "BAD_REQUEST",
  ],
  ["text, as any page can send it", { body: QUERY, headers: { "content-type": "text/plain" } }, 400, "BAD_REQUEST"],
  [
    "text that was preflighted",
    { body: QUERY, headers: { "content-type": "text/plain", ...PREFLIGHT } },
    400,
    "BAD_REQUEST",
  ],
  ["a query by GET, as any page can send it", { method: "GET", search: "?query={__typename}" }, 400, "BAD_REQUEST"],
  [
    "a mutation by GET",
    { method: "GET", search: `?query=${encodeURIComponent(MUTATION)}`, headers: PREFLIGHT },
    405,
    "BAD_REQUEST",
  ],
  [
    "a query and the hash of another",
    { body: JSON.stringify({ query: "{__typename}", extensions: { persistedQuery: { version: 1, sha256Hash } } }) },
    400,
    "BAD_REQUEST",
  ],
  [
    "a persisted query of a version that does not exist",
    { body: JSON.stringify({ extensions: { persistedQuery: { version: 2, sha256Hash } } }) },
    400,
    "BAD_REQUEST",
  ],
  [
    "a persisted query that nobody sent before",
    { body: JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash } } }) },
    200,
    "PERSISTED_QUERY_NOT_FOUND",
  ],
  ["an Accept that JSON does not fit", { body: QUERY, headers: { accept: "text/xml" } }, 406, "BAD_REQUEST"],
  ["no GraphQL", { body: `{"query":"SELECT 1"}` }, 200, "GRAPHQL_PARSE_FAILED"],
  ["a subscription", { body: `{"query":"subscription { x }"}` }, 200, "GRAPHQL_VALIDATION_FAILED"],
  [
    "two operations and no name",
    { body: `{"query":"query A{__typename} query B{__typename}"}` },
    400,
    "OPERATION_RESOLUTION_FAILURE",
  ],
  [
    "more tokens than any document needs",
    { body: JSON.stringify({ query: `{${"a ".repeat(10_000)}}` }) },
    400,
    "MAX_TOKENS_LIMIT",
  ],
  [
    "a document that is nested too deeply",
    { body: JSON.stringify({ query: `{a(b:${"[".repeat(9_000)}` }) },
    400,
    "MAX_TOKENS_LIMIT",
  ],
];

describe("a request that is not GraphQL over HTTP is refused, with its fault, and causes nothing", () => {
  test.each(REFUSED)("%s", async (_what, sent, status, code) => {
    await using gateway = await startGateway();
    const answer = await send(gateway, sent);
    expect([answer.status, answer.body.errors[0].extensions.code]).toEqual([status, code]);
    expect(answer.body.errors[0].extensions).toEqual({ code });
    expect(JSON.stringify(answer.body)).not.toMatch(/call stack|node_modules|:\d+:\d+/);
    expect(gateway.simulator.requests).toEqual([]);
    expect(gateway.logs.filter(({ level }) => Number(level) > 30)).toEqual([]);
    await expectAlive(gateway);
  });
});

describe("a request that is odd and harmless is answered", () => {
  test.each<readonly [string, Sent]>([
    ["the last of duplicate keys counts", { body: `{"query":"{ nope }","query":"{__typename}"}` }],
    ["`__proto__` is a key like any other", { body: `{"query":"{__typename}","__proto__":{"query":"{ nope }"}}` }],
    [
      "100 000 levels where nobody looks",
      { body: `{"query":"{__typename}","variables":{"x":${"[".repeat(1e5)}${"]".repeat(1e5)}}}` },
    ],
    ["a byte order mark", { body: `\uFEFF${QUERY}` }],
    ["UTF-8 that is said to be so", { body: QUERY, headers: { "content-type": `application/json; charset="UTF-8"` } }],
    ["a query by GET that was preflighted", { method: "GET", search: "?query={__typename}", headers: PREFLIGHT }],
  ])("%s", async (_what, sent) => {
    await using gateway = await startGateway();
    const { status, body } = await send(gateway, sent);
    expect([status, body]).toEqual([200, { data: { __typename: "Query" } }]);
  });

  test("variables are not taken from a prototype", async () => {
    await using gateway = await startGateway();
    const { body } = await send(gateway, {
      body: `{"query":"query($x:ID!){campaign(id:$x){id}}","variables":{"__proto__":{"x":"a"}}}`,
    });
    expect(body.errors[0].extensions).toMatchObject({ code: "BAD_USER_INPUT", fields: [{ field: "x" }] });
  });
});

describe("paths", () => {
  test("an unknown one is not found, in JSON", async () => {
    await using gateway = await startGateway();
    const response = await fetch(`${gateway.url}/admin`);
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "application/json; charset=utf-8"]);
    expect(await response.json()).toEqual({
      errors: [{ message: expect.stringContaining("/graphql"), extensions: { code: "NOT_FOUND" } }],
    });
  });

  test.each(["/livez", "/readyz", "/livez?probe=1"])("%s says that all is well", async (path) => {
    await using gateway = await startGateway({ upstreamUrl: "http://127.0.0.1:1" });
    const response = await fetch(`${gateway.url}${path}`);
    expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
  });

  test.each(["/livez", "/readyz"])("%s is asked for by GET and HEAD alone", async (path) => {
    await using gateway = await startGateway();
    for (const method of ["GET", "HEAD"]) expect((await fetch(`${gateway.url}${path}`, { method })).status).toBe(200);
    for (const method of ["POST", "PUT", "DELETE"]) {
      const response = await fetch(`${gateway.url}${path}`, { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "METHOD_NOT_ALLOWED" } }] });
    }
  });

  test("no answer may be stored by a cache, whatever it is", async () => {
    await using gateway = await startGateway();
    const answers = await Promise.all([
      fetch(`${gateway.url}/livez`),
      fetch(`${gateway.url}/nowhere`),
      fetch(`${gateway.url}/graphql?query={__typename}`, { headers: PREFLIGHT }),
      fetch(`${gateway.url}/graphql?query={__typename}`),
      fetch(`${gateway.url}/graphql`, { method: "PUT" }),
      fetch(`${gateway.url}/graphql`, { headers: { accept: "text/html" } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 200, 400, 405, 200]);
    expect(answers.map(({ headers }) => headers.get("cache-control"))).toEqual(Array(6).fill("no-store"));
    await Promise.all(answers.map((answer) => answer.text()));
  });
});

const GENERATED = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("x-request-id", () => {
  test("is made for whoever brings none, another one each time", async () => {
    await using gateway = await startGateway();
    const [one, other] = [await gateway.query("{__typename}"), await gateway.query("{__typename}")];
    expect(one.headers.get("x-request-id")).toMatch(GENERATED);
    expect(other.headers.get("x-request-id")).not.toBe(one.headers.get("x-request-id"));
  });

  test("is the caller's own where that is harmless", async () => {
    await using gateway = await startGateway();
    const { headers } = await gateway.query("{__typename}", {}, { "x-request-id": "req_1.A-b" });
    expect(headers.get("x-request-id")).toBe("req_1.A-b");
  });

  test.each([
    ["too long", "a".repeat(65)],
    ["markup", "<script>alert(1)</script>"],
    ["a line for the log", `a","level":"50`],
    ["other letters", "\xfc"],
    ["empty", ""],
  ])("is replaced where it is %s", async (_what, given) => {
    await using gateway = await startGateway();
    const bytes = Buffer.from(head("GET /livez HTTP/1.1", `X-Request-Id: ${given}`), "latin1");
    const { headers } = await sendRaw(gateway.url, bytes);
    expect(headers["x-request-id"]).toMatch(GENERATED);
  });

  test("is on errors as well", async () => {
    await using gateway = await startGateway();
    const sent = ["GET /nowhere HTTP/1.1", "PUT /graphql HTTP/1.1"].map((line) =>
      sendRaw(gateway.url, head(line, "X-Request-Id: mine")),
    );
    const expecting = sendRaw(gateway.url, post(["Expect: nonsense", "X-Request-Id: mine", "Content-Length: 0"]));
    const answers = await Promise.all([...sent, expecting]);
    expect(answers.map(({ headers }) => headers["x-request-id"])).toEqual(["mine", "mine", "mine"]);
  });
});

test("a connection that is destroyed before its answer does not harm the others", async () => {
  await using gateway = await startGateway();
  const sockets = Array.from({ length: 20 }, () => openSocket(gateway.url));
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.once("connect", resolve))));
  for (const socket of sockets)
    socket.write(post([`Content-Length: ${QUERY.length}`], QUERY), () => socket.resetAndDestroy());
  await Promise.all(sockets.map(closed));
  await expectAlive(gateway);
});

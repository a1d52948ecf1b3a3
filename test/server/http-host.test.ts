import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";
import { expectHttpError } from "../support/http-error.js";
import { head, post, QUERY } from "../support/raw-request.js";
import { closed, openSocket, readAnswer, sendRaw } from "./raw-http.js";

async function expectAlive(gateway: TestGateway): Promise<void> {
  const { status, body } = await gateway.query("{ __typename }");
  expect({ status, body }).toEqual({ status: 200, body: { data: { __typename: "Query" } } });
}

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
    expectHttpError(answer, 413, "PAYLOAD_TOO_LARGE");
    expect(answer.headers["connection"]).toBe("close");
    expect(answer.body).toContain(`${LIMIT_BYTES} bytes`);
  });

  test("that turns out to be one byte too large is refused when it does", async () => {
    await using gateway = await startGateway({ env });
    const body = queryOf(LIMIT_BYTES + 1);
    const chunk = `${body.length.toString(16)}\r\n${body}\r\n`;
    const answer = await sendRaw(gateway.url, post(["Transfer-Encoding: chunked"], chunk));
    expectHttpError(answer, 413, "PAYLOAD_TOO_LARGE");
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

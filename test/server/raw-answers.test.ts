import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { describe, expect, test } from "@jest/globals";
import { CANCEL, ID, PATCH, startWithCampaign, wire } from "../support/cancel.js";
import { startGateway, type TestGateway } from "../support/gateway.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";
import { closed, openSocket, readAnswer, readToEnd, sendRaw } from "./raw-http.js";

const ID_FORM = /^[0-9a-f-]{36}$/;
const POST = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

function codeOf(body: string): string {
  return JSON.parse(body).errors[0].extensions.code;
}

/** The lines of finished requests, as soon as there are so many. */
async function requestLines(gateway: TestGateway, count: number): Promise<readonly Record<string, unknown>[]> {
  const lines = () => gateway.logs.filter(({ msg }) => msg === "request");
  await until(() => lines().length >= count);
  return lines();
}

describe("what is no request", () => {
  test.each([
    ["garbage", "garbage\r\n\r\n", 400],
    ["headers without end", `GET / HTTP/1.1\r\nX: ${"a".repeat(20_000)}`, 431],
    ["a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n", 405],
  ])("is answered with an id that the log knows: %s", async (_what, bytes, status) => {
    await using gateway = await startGateway();
    const answer = await sendRaw(gateway.url, bytes);
    expect(answer.status).toBe(status);
    expect(answer.headers["x-request-id"]).toMatch(ID_FORM);
    const [line] = await requestLines(gateway, 1);
    expect(line).toMatchObject({ requestId: answer.headers["x-request-id"], status });
  });

  test("is let go of once it is answered, also where its client holds on to the connection", async () => {
    await using gateway = await startGateway();
    const { hostname, port } = new URL(gateway.url);
    const bytes = ["garbage\r\n\r\n", "CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n"];
    const sockets = bytes.map((line) => {
      const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true }).on("error", () => {});
      socket.write(line);
      return socket.resume();
    });
    // Only whoever sends something finds out that the other side is gone.
    await until(() => {
      for (const socket of sockets) socket.write(".");
      return sockets.every(({ destroyed }) => destroyed);
    });
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true]);
  });

  test("whose client is gone does no harm to the others", async () => {
    await using gateway = await startGateway();
    for (let n = 0; n < 50; n++) {
      const socket = openSocket(gateway.url);
      await once(socket, "connect");
      socket.write(n % 2 === 0 ? "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n" : "garbage\r\n\r\n");
      if (n % 4 > 1) await setImmediate();
      socket.resetAndDestroy();
    }
    expect((await sendRaw(gateway.url, "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n")).status).toBe(200);
  });

  test("after a request on its connection is answered after it: the answer of a cancel is the cancel's", async () => {
    const clock = new HeldClock(false);
    await using gateway = await startWithCampaign({}, [], { clock });
    const body = JSON.stringify({ query: CANCEL, variables: { id: ID, revision: "2026-07-15", action: "CANCEL" } });
    const socket = openSocket(gateway.url);
    const answers = readToEnd(socket);
    socket.write(`${POST}Content-Length: ${body.length}\r\n\r\n${body}`);
    await until(() => wire(gateway).includes(PATCH));
    for (let n = 0; n < 20; n++) socket.write("garbage\r\n\r\n");
    await until(() => {
      clock.advance(100);
      return socket.readableEnded || socket.destroyed;
    });
    const statuses = [...(await answers).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status);
    expect(statuses).toEqual(["200", "400"]);
    expect((await answers).indexOf("STOPPED")).toBeGreaterThan(0);
    expect((await answers).indexOf("STOPPED")).toBeLessThan((await answers).indexOf("BAD_REQUEST"));
  });
});

describe("a request that breaks off", () => {
  test("in its body has its answer under its own id, once", async () => {
    await using gateway = await startGateway();
    const head = `${POST}X-Request-Id: mine\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const { status, headers, body } = await sendRaw(gateway.url, `${head}5\r\n{"que\r\nnonsense\r\n`);
    expect([status, codeOf(body), headers["x-request-id"]]).toEqual([400, "BAD_REQUEST", "mine"]);
    expect(headers["connection"]).toBe("close");
    expect(await requestLines(gateway, 1)).toMatchObject([{ requestId: "mine", status: 400 }]);
  });

  test("in a body that was refused already is not answered twice", async () => {
    await using gateway = await startGateway({ env: { HTTP_BODY_LIMIT_BYTES: "1024" } });
    const socket = openSocket(gateway.url);
    const answers = readToEnd(socket);
    socket.write(`${POST}Transfer-Encoding: chunked\r\n\r\n800\r\n${"a".repeat(2_048)}\r\nnonsense\r\n`);
    expect([...(await answers).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => status)).toEqual(["413"]);
  });
});

describe("a client that is too slow", () => {
  test("with its headers is told so, with an id, and hung up on", async () => {
    await using gateway = await startGateway({ env: { HTTP_HEADERS_TIMEOUT_MS: "50" } });
    const socket = openSocket(gateway.url);
    socket.write("GET /livez HTTP/1.1\r\nHost:");
    const { status, headers, body } = await readAnswer(socket);
    expect([status, codeOf(body), headers["connection"]]).toEqual([408, "REQUEST_TIMEOUT", "close"]);
    expect(headers["x-request-id"]).toMatch(ID_FORM);
    await closed(socket);
  });

  test("with its body is told so under its own id, and hung up on", async () => {
    const env = { HTTP_HEADERS_TIMEOUT_MS: "50", HTTP_REQUEST_TIMEOUT_MS: "50" };
    await using gateway = await startGateway({ env });
    const socket = openSocket(gateway.url);
    socket.write(`${POST}X-Request-Id: mine\r\nContent-Length: 100\r\n\r\n{"query":`);
    const { status, headers, body } = await readAnswer(socket);
    expect([status, codeOf(body), headers["x-request-id"]]).toEqual([408, "REQUEST_TIMEOUT", "mine"]);
    await closed(socket);
    expect(await requestLines(gateway, 1)).toMatchObject([{ requestId: "mine", status: 408 }]);
  });

  test("to ask anything at all is hung up on", async () => {
    await using gateway = await startGateway({ env: { HTTP_KEEP_ALIVE_TIMEOUT_MS: "50" } });
    const socket = openSocket(gateway.url);
    socket.write("GET /livez HTTP/1.1\r\nHost: x\r\n\r\n");
    expect((await readAnswer(socket)).status).toBe(200);
    await closed(socket);
  });
});

describe("a client that reads nothing", () => {
  const LIVEZ = "GET /livez HTTP/1.1\r\nHost: x\r\n\r\n";

  test.each<readonly [what: string, request: string, port: string]>([
    ["of its answers", LIVEZ, "gateway"],
    ["of what its expectations are answered with", "GET /livez HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n", "gateway"],
    ["of what the port for metrics answers", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "metrics"],
  ])("%s is hung up on", async (_, request, port) => {
    // Long enough for all of its requests to come in: one of which half is there would be told to be too slow.
    const env = { HTTP_HEADERS_TIMEOUT_MS: "500", HTTP_REQUEST_TIMEOUT_MS: "500", METRICS_PORT: "0" };
    await using gateway = await startGateway({ env });
    const metricsUrl = gateway.logs.find(({ msg }) => msg === "metrics")?.["url"];
    const socket = openSocket(port === "metrics" ? String(metricsUrl) : gateway.url).pause();
    // More than there is room for on the way, so that the last answers wait for the first ones to be read.
    socket.write(request.repeat(60_000));
    // Only whoever sends something finds out that the other side is gone.
    await until(() => {
      socket.write(".");
      return socket.destroyed;
    });
    expect(socket.bytesRead).toBeLessThan(1_000_000);
  });

  test("because its first answer is still being made is waited for", async () => {
    const env = { HTTP_HEADERS_TIMEOUT_MS: "50", HTTP_REQUEST_TIMEOUT_MS: "50", HTTP_KEEP_ALIVE_TIMEOUT_MS: "500" };
    await using gateway = await startGateway({ env: { ...env, KLAVIYO_READ_ATTEMPTS: "1" } });
    gateway.simulator.addFault({ times: "always", answer: { kind: "black-hole" } });
    const body = JSON.stringify({ query: `{ campaign(id: "${ID}") { id } }` });
    const socket = openSocket(gateway.url);
    // The second one is answered at once, and its answer has to wait for that of the first.
    socket.write(`${POST}Content-Length: ${body.length}\r\n\r\n${body}${LIVEZ}`);
    const other = openSocket(gateway.url);
    other.write(LIVEZ);
    // By then the time is over for the one that waits, many times.
    await closed(other);
    gateway.clock.advance(4_000);
    const first = await readAnswer(socket);
    expect([first.status, codeOf(first.body)]).toEqual([200, "UPSTREAM_TIMEOUT"]);
    socket.destroy();
  });
});

describe("the limits of headers", () => {
  const env = { HTTP_HEADERS_LIMIT: "12", HTTP_HEADERS_LIMIT_BYTES: "2048" };
  const withHeaders = (headers: readonly string[]) =>
    ["GET /livez HTTP/1.1", "Host: x", ...headers, "", ""].join("\r\n");

  test.each<readonly [string, readonly string[], number]>([
    ["as many as are permitted", Array(11).fill("X: 1"), 200],
    ["one more", Array(12).fill("X: 1"), 431],
    ["as large as is permitted", [`X: ${"a".repeat(1_900)}`], 200],
    ["larger", [`X: ${"a".repeat(2_048)}`], 431],
  ])("are the configuration's: %s", async (_what, headers, status) => {
    await using gateway = await startGateway({ env });
    expect((await sendRaw(gateway.url, withHeaders(headers))).status).toBe(status);
  });
});

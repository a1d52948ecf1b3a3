import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@jest/globals";
import { createDispatcher } from "../../src/klaviyo/dispatcher.js";
import { exchange, ExchangeError, type HttpRequest } from "../../src/klaviyo/exchange.js";
import { DeadlineExceededError } from "../../src/resilience/deadline.js";
import { HeldClock } from "../support/held-clock.js";
import { until } from "../support/until.js";

interface Upstream extends AsyncDisposable {
  /** Requests that have arrived, each with the response that a test may end. */
  readonly arrived: { readonly request: IncomingMessage; readonly response: ServerResponse }[];
  readonly dispatcher: ReturnType<typeof createDispatcher>;
}

/** A server that answers nothing by itself, and one connection to it. */
async function startUpstream(): Promise<Upstream> {
  const arrived: Upstream["arrived"] = [];
  const server: Server = createServer((request, response) => void arrived.push({ request, response }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const dispatcher = dispatcherTo((server.address() as AddressInfo).port);
  return {
    arrived,
    dispatcher,
    [Symbol.asyncDispose]: async () => {
      await dispatcher.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function dispatcherTo(port: number): ReturnType<typeof createDispatcher> {
  const origin = `http://127.0.0.1:${port}`;
  return createDispatcher({ origin, connections: 1, connectTimeoutMs: 1_000, attemptTimeoutMs: 10_000 });
}

function request(path: string): HttpRequest {
  return { method: "PATCH", path, headers: {}, body: "{}" };
}

const LIMIT = { responseLimitBytes: 1_000 };
const NEVER = { ...LIMIT, signal: new AbortController().signal };

async function failureOf(promise: Promise<unknown>): Promise<ExchangeError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ExchangeError) return error;
  throw new Error("It was expected to fail with an ExchangeError.", { cause: error });
}

test("a request whose time is up while it waits for a connection is never sent, not even late", async () => {
  await using upstream = await startUpstream();
  const { dispatcher, arrived } = upstream;
  const first = exchange(dispatcher, request("/first"), NEVER);
  await until(() => arrived.length === 1);
  const caller = new AbortController();
  const second = exchange(dispatcher, request("/second"), { ...LIMIT, signal: caller.signal });
  const reason = new Error("the time is up");
  caller.abort(reason);
  const failure = await failureOf(second);
  expect(failure).toMatchObject({ wasSent: false, cause: reason });
  arrived[0]?.response.end("done");
  await first;
  // The connection is free now; a third request overtakes whatever is left of the second.
  const third = exchange(dispatcher, request("/third"), NEVER);
  await until(() => arrived.length === 2);
  expect(arrived.map(({ request: { url } }) => url)).toEqual(["/first", "/third"]);
  arrived[1]?.response.end();
  await third;
});

test("a request that nobody wants any more when it gets its connection is not sent", async () => {
  await using upstream = await startUpstream();
  const { dispatcher, arrived } = upstream;
  const first = exchange(dispatcher, request("/first"), NEVER);
  await until(() => arrived.length === 1);
  let isWanted = true;
  const second = exchange(dispatcher, request("/second"), { ...NEVER, mayBegin: () => isWanted });
  isWanted = false;
  arrived[0]?.response.end("done");
  await first;
  expect(await failureOf(second)).toMatchObject({ wasSent: false, cause: { name: "DeadlineExceededError" } });
  expect(arrived).toHaveLength(1);
});

test("a request that is called off while Klaviyo works on it fails at once, and is known to have been sent", async () => {
  await using upstream = await startUpstream();
  const caller = new AbortController();
  const call = exchange(upstream.dispatcher, request("/"), { ...LIMIT, signal: caller.signal });
  await until(() => upstream.arrived.length === 1);
  caller.abort(new Error("the time is up"));
  expect(await failureOf(call)).toMatchObject({ wasSent: true });
  await until(() => upstream.arrived[0]?.request.destroyed ?? false);
});

test("a request whose own time is up fails then, and is known to have been sent", async () => {
  await using upstream = await startUpstream();
  const clock = new HeldClock(false);
  const time = { clock, limitMs: 100 };
  const call = exchange(upstream.dispatcher, request("/"), { ...LIMIT, time });
  await until(() => upstream.arrived.length === 1);
  clock.advance(99);
  expect(upstream.arrived[0]?.request.destroyed).toBe(false);
  clock.advance(1);
  const failure = await failureOf(call);
  expect(failure).toMatchObject({ wasSent: true, cause: new DeadlineExceededError(100) });
  await until(() => upstream.arrived[0]?.request.destroyed ?? false);
});

test("a request whose own time is up while it waits for a connection is never sent", async () => {
  await using upstream = await startUpstream();
  const clock = new HeldClock(false);
  const first = exchange(upstream.dispatcher, request("/first"), LIMIT);
  await until(() => upstream.arrived.length === 1);
  const time = { clock, limitMs: 100 };
  const second = exchange(upstream.dispatcher, request("/second"), { ...LIMIT, time });
  clock.advance(100);
  expect(await failureOf(second)).toMatchObject({ wasSent: false });
  upstream.arrived[0]?.response.end();
  await first;
  const third = exchange(upstream.dispatcher, request("/third"), { ...LIMIT, time });
  await until(() => upstream.arrived.length === 2);
  expect(clock.pendingCount).toBe(1);
  upstream.arrived[1]?.response.end();
  await third;
  expect(clock.pendingCount).toBe(0);
  expect(upstream.arrived.map((call) => call.request.url)).toEqual(["/first", "/third"]);
});

test("a signal that has aborted already sends nothing", async () => {
  await using upstream = await startUpstream();
  const call = exchange(upstream.dispatcher, request("/"), {
    ...LIMIT,
    signal: AbortSignal.abort(new Error("late")),
  });
  expect(await failureOf(call)).toMatchObject({ wasSent: false });
});

test("a connection that breaks in the middle of the answer is a request that was sent", async () => {
  await using upstream = await startUpstream();
  const call = exchange(upstream.dispatcher, request("/"), NEVER);
  await until(() => upstream.arrived.length === 1);
  const response = upstream.arrived[0]?.response;
  response?.writeHead(200, { "content-length": "10" });
  response?.write("half");
  setImmediate(() => response?.destroy());
  expect(await failureOf(call)).toMatchObject({ wasSent: true });
});

test("nobody to connect to is a request that was not sent", async () => {
  const dispatcher = dispatcherTo(1);
  const failure = await failureOf(exchange(dispatcher, request("/"), NEVER));
  expect(failure.wasSent).toBe(false);
  await dispatcher.destroy();
});

test("an answer larger than the limit is given up, however it arrives", async () => {
  await using upstream = await startUpstream();
  const call = exchange(upstream.dispatcher, request("/"), NEVER);
  await until(() => upstream.arrived.length === 1);
  upstream.arrived[0]?.response.end("x".repeat(1_001));
  expect((await failureOf(call)).cause).toMatchObject({ name: "ResponseTooLargeError" });
});

test("an answer of just the limit is read whole, and the path is written as it stands", async () => {
  await using upstream = await startUpstream();
  const call = exchange(upstream.dispatcher, request("/a%2Fb/../c?x=%5B"), NEVER);
  await until(() => upstream.arrived.length === 1);
  expect(upstream.arrived[0]?.request.url).toBe("/a%2Fb/../c?x=%5B");
  upstream.arrived[0]?.response.end("x".repeat(1_000));
  const { status, body } = await call;
  expect(status).toBe(200);
  expect(body).toHaveLength(1_000);
});

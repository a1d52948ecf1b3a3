import { createServer, type IncomingMessage, type Server, ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import cors from "cors";
import { errorBody, HttpError, JSON_CONTENT_TYPE, sendHttpError } from "./http-error.js";

export interface HttpHostOptions {
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** False from SIGTERM on, so that no new traffic is sent here. */
  readonly isReady: () => boolean;
  /** What `/readyz` tells besides; none of it makes a replica unready. */
  readonly healthDetails: () => Readonly<Record<string, string | undefined>>;
  /** Whether requests are being refused because there are too many. */
  readonly isOverloaded?: () => boolean;
  readonly corsOrigins: readonly string[];
  /** Called for each request before anything else, for request ids and logs. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
}

/** How long a client may take to send its headers, and its whole request. */
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than load balancers keep idle connections (60 s), so that it is not us who close one that they are about to use. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
const HEADERS_LIMIT_BYTES = 16_384;
/** Node drops what is beyond its own limit and goes on without it; nothing may be decided on half of the headers. */
const HEADERS_LIMIT = 100;
/** How late a client that is too slow may be noticed. */
const SLOW_CLIENT_CHECK_MS = 2_000;

/**
 * The HTTP front door, on node:http. `/graphql` is GraphQL, `/livez` and `/readyz` are for orchestrators. Every answer is JSON (but
 * for the page that a browser gets), also to what is not even HTTP; neither a request nor a socket can throw in here.
 */
export function createHttpHost(options: HttpHostOptions): Server {
  const applyCors = cors({
    origin: [...options.corsOrigins],
    methods: ["GET", "POST"],
    maxAge: 3_600,
    exposedHeaders: ["x-request-id", "retry-after"],
  });
  const server = createServer(
    {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      connectionsCheckingInterval: SLOW_CLIENT_CHECK_MS,
      maxHeaderSize: HEADERS_LIMIT_BYTES,
      // Node would refuse it without a body. It is refused below, in our words.
      requireHostHeader: false,
      ServerResponse: createResponseClass(options.isReady),
    },
    (request, response) => {
      receive(request, response, options);
      if (!hasOneHost(request)) return sendHttpError(response, AMBIGUOUS_HOST);
      if (request.rawHeaders.length > 2 * HEADERS_LIMIT) return sendHttpError(response, TOO_MANY_HEADERS);
      // The library answers preflights itself and calls back for all else.
      applyCors(request, response, () => route(request, response, options));
    },
  );
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    receive(request, response, options);
    sendHttpError(response, new HttpError(417, "EXPECTATION_FAILED", "Only `Expect: 100-continue` can be met."));
  });
  server.on("connect", (_request, socket) => sendRaw(socket, METHOD_NOT_ALLOWED));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => sendRaw(socket, httpErrorOf(error)));
  return server;
}

/** Says when the server is leaving. That is decided as the answer begins, for SIGTERM may come while the request runs. */
function createResponseClass(isReady: () => boolean): typeof ServerResponse {
  return class<Request extends IncomingMessage> extends ServerResponse<Request> {
    override writeHead(...head: [status: number, message?: never, headers?: never]): this {
      if (!isReady()) this.setHeader("connection", "close");
      return super.writeHead(...head);
    }
  };
}

function receive(request: IncomingMessage, response: ServerResponse, options: HttpHostOptions): void {
  options.onRequest(request, response);
  for (const [name, value] of EVERY_ANSWER) response.setHeader(name, value);
}

/** What every answer says, also to what is not HTTP. A page, which needs scripts, says something else about its content itself. */
const EVERY_ANSWER = [
  // A status in a cache is a status that is no longer true; and an error would outlive its cause.
  ["cache-control", "no-store"],
  ["x-content-type-options", "nosniff"],
  ["content-security-policy", "default-src 'none'; frame-ancestors 'none'"],
  ["cross-origin-resource-policy", "same-origin"],
  ["referrer-policy", "no-referrer"],
] as const;

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2: two hosts mean one thing to a proxy and another to us. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const count = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === "host").length;
  return count === 1 || (count === 0 && httpVersion !== "1.1");
}

const AMBIGUOUS_HOST = new HttpError(400, "BAD_REQUEST", "The request must have one Host header.");

const TOO_MANY_HEADERS = new HttpError(
  431,
  "REQUEST_HEADER_FIELDS_TOO_LARGE",
  `A request may have ${HEADERS_LIMIT} headers.`,
);

function route(request: IncomingMessage, response: ServerResponse, options: HttpHostOptions): void {
  switch (pathOf(request)) {
    case "/graphql":
      // HEAD would be answered by a method that is not GraphQL's and says nothing.
      if (request.method !== "GET" && request.method !== "POST") return sendHttpError(response, METHOD_NOT_ALLOWED);
      return void options.graphql(request, response);
    case "/livez":
      return sendHealth(request, response, "ok");
    case "/readyz":
      return sendHealth(request, response, readinessOf(options), options.healthDetails());
    default:
      return sendHttpError(response, new HttpError(404, "NOT_FOUND", "There is nothing here. GraphQL is at /graphql."));
  }
}

const METHOD_NOT_ALLOWED = new HttpError(405, "METHOD_NOT_ALLOWED", "GraphQL takes GET, POST and OPTIONS.");
const HEALTH_IS_READ = new HttpError(405, "METHOD_NOT_ALLOWED", "Health is asked for by GET or HEAD.");

/** The path alone, compared as it was sent: nothing is decoded or resolved, so nothing can be hidden in it. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? "").split("?", 1)[0] ?? "";
}

type Health = "ok" | "overloaded" | "shutting down";

/** Overload is no reason to be taken out of service: the others would have more to do, and cancels one door less. */
function readinessOf({ isReady, isOverloaded }: HttpHostOptions): Health {
  if (!isReady()) return "shutting down";
  return isOverloaded?.() ? "overloaded" : "ok";
}

function sendHealth({ method }: IncomingMessage, response: ServerResponse, health: Health, details: object = {}): void {
  if (method !== "GET" && method !== "HEAD") return sendHttpError(response, HEALTH_IS_READ, "GET, HEAD");
  response.statusCode = health === "shutting down" ? 503 : 200;
  response.setHeader("content-type", JSON_CONTENT_TYPE);
  response.end(`${JSON.stringify({ status: health, ...details })}\n`);
}

function httpErrorOf(error: NodeJS.ErrnoException): HttpError {
  switch (error.code) {
    case "HPE_HEADER_OVERFLOW":
      return new HttpError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", `Headers may have ${HEADERS_LIMIT_BYTES} bytes.`);
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new HttpError(408, "REQUEST_TIMEOUT", "The request did not arrive in time.");
    default:
      return new HttpError(400, "BAD_REQUEST", "This is not an HTTP request.");
  }
}

/** Where there is no response object, because what came was no request. */
function sendRaw(socket: Duplex, error: HttpError): void {
  if (!socket.writable) return void socket.destroy();
  const body = errorBody(error);
  const head = [
    `HTTP/1.1 ${error.status} ${STATUS_CODES[error.status]}`,
    `Content-Type: ${JSON_CONTENT_TYPE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
    ...EVERY_ANSWER.map(([name, value]) => `${name}: ${value}`),
  ];
  if (error.status === 405) head.push("Allow: GET, POST, OPTIONS");
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

import { createServer, type IncomingMessage, type Server, ServerResponse } from "node:http";
import cors from "cors";
import { answerBrowserVisit, isBrowserVisit } from "./browser-visit.js";
import { limitConnections } from "./connection-limit.js";
import { EVERY_ANSWER } from "./every-answer.js";
import { ExpectedAnswers } from "./expected-answers.js";
import { HttpError, JSON_CONTENT_TYPE, sendHttpError } from "./http-error.js";
import type { HttpLimits } from "./http-limits.js";
import { RawAnswers } from "./raw-answers.js";
import { UnreadAnswers } from "./unread-answers.js";

export interface HttpHostOptions {
  readonly graphql: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** False from SIGTERM on, so that no new traffic is sent here. */
  readonly isReady: () => boolean;
  /** What `/readyz` tells besides; none of it makes a replica unready. */
  readonly healthDetails: () => Readonly<Record<string, string | undefined>>;
  /** Whether requests are being refused because there are too many. */
  readonly isOverloaded?: () => boolean;
  /** Whether a browser that opens `/graphql` is told here what is there: GraphQL itself has no page for it. Default: false. */
  readonly tellsBrowsers?: boolean;
  readonly corsOrigins: readonly string[];
  /** Called for each request before anything else, for request ids and logs. */
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => void;
  /** Told of what is answered although it is no request. @returns the id that its sender is told */
  readonly onNoRequest: (status: number) => string;
  /** Told of each connection for which there was no room. */
  readonly onRefusedConnection: () => void;
  readonly limits: HttpLimits;
}

/** How late a client that is too slow may be noticed. */
const SLOW_CLIENT_CHECK_MS = 2_000;

/**
 * The HTTP front door, on node:http. `/graphql` is GraphQL, `/livez` and `/readyz` are for orchestrators. Every answer is JSON (but
 * for what a browser gets that opens `/graphql`), also to what is not even HTTP; neither a request nor a socket can throw in here.
 */
export function createHttpHost(options: HttpHostOptions): Server {
  const { limits } = options;
  const expected = new ExpectedAnswers();
  const rawAnswers = new RawAnswers(expected, limits, options.onNoRequest);
  const unreadAnswers = new UnreadAnswers(expected, limits.requestTimeoutMs);
  const applyCors = cors({
    origin: [...options.corsOrigins],
    methods: ["GET", "POST"],
    maxAge: 3_600,
    exposedHeaders: ["x-request-id", "retry-after"],
  });
  const server = createServer(
    {
      headersTimeout: limits.headersTimeoutMs,
      requestTimeout: limits.requestTimeoutMs,
      keepAliveTimeout: limits.keepAliveTimeoutMs,
      connectionsCheckingInterval: Math.min(SLOW_CLIENT_CHECK_MS, limits.headersTimeoutMs),
      maxHeaderSize: limits.headersLimitBytes,
      // Node would refuse it without a body. It is refused below, in our words.
      requireHostHeader: false,
      ServerResponse: createResponseClass(options.isReady),
    },
    (request, response) => {
      receive(request, response, options);
      expected.add(response);
      if (!hasOneHost(request)) return sendHttpError(response, AMBIGUOUS_HOST);
      // Node drops what is beyond its own limit and goes on without it; nothing may be decided on half of the headers.
      if (request.rawHeaders.length > 2 * limits.headersLimit) return sendHttpError(response, tooManyHeaders(limits));
      if (request.headers.origin === undefined && request.method !== "OPTIONS") {
        // Not asked by a page of another origin: all there is to say is that the answer would depend on it.
        response.setHeader("vary", "Origin");
        return route(request, response, options);
      }
      // The library answers preflights itself and calls back for all else.
      applyCors(request, response, () => route(request, response, options));
    },
  );
  limitConnections(server, limits.connectionsLimit, options.onRefusedConnection);
  server.timeout = limits.requestTimeoutMs;
  server.on("timeout", (socket) => unreadAnswers.onStill(socket));
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    receive(request, response, options);
    expected.add(response);
    sendHttpError(response, new HttpError(417, "EXPECTATION_FAILED", "Only `Expect: 100-continue` can be met."));
  });
  server.on("connect", (_request, socket) => rawAnswers.send(socket, METHOD_NOT_ALLOWED));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => rawAnswers.onError(socket, error));
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

/** https://www.rfc-editor.org/rfc/rfc9112#section-3.2: two hosts mean one thing to a proxy and another to us. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) if (rawHeaders[at]?.toLowerCase() === "host") count++;
  return count === 1 || (count === 0 && httpVersion !== "1.1");
}

const AMBIGUOUS_HOST = new HttpError(400, "BAD_REQUEST", "The request must have one Host header.");

function tooManyHeaders({ headersLimit }: HttpLimits): HttpError {
  return new HttpError(431, "REQUEST_HEADER_FIELDS_TOO_LARGE", `A request may have ${headersLimit} headers.`);
}

function route(request: IncomingMessage, response: ServerResponse, options: HttpHostOptions): void {
  switch (pathOf(request)) {
    case "/graphql":
      // HEAD would be answered by a method that is not GraphQL's and says nothing.
      if (request.method !== "GET" && request.method !== "POST") return sendHttpError(response, METHOD_NOT_ALLOWED);
      if (options.tellsBrowsers && isBrowserVisit(request)) return answerBrowserVisit(response);
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

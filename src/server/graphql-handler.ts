import type { IncomingMessage, ServerResponse } from "node:http";
import { type ApolloServer, type BaseContext, HeaderMap, type HTTPGraphQLResponse } from "@apollo/server";
import { withRootResults } from "../compiled/root-results.js";
import type { CompiledRequests } from "./compiled-requests.js";
import { HttpError, sendHttpError } from "./http-error.js";
import type { BodyRoom } from "./load/body-room.js";
import { readJsonBody } from "./read-body.js";
import { searchOf } from "./request-search.js";

export interface GraphqlHandlerOptions<TContext extends BaseContext> {
  /** Operations that need not go the careful way. None: all go it. */
  readonly compiled?: CompiledRequests<TContext> | undefined;
  /** @param body of a POST, parsed */
  readonly createContext: (
    request: IncomingMessage,
    response: ServerResponse,
    body: unknown,
  ) => Promise<TContext> | TContext;
  readonly bodyLimitBytes: number;
  /** Where bodies find room while they arrive. None: as much as they like. */
  readonly bodyRoom?: BodyRoom;
  /** Lets a request in. @param body of a POST, parsed. @returns what to call when it is over. @throws HttpError */
  readonly enter?: (request: IncomingMessage, body: unknown) => () => void;
  /** Told of what should not happen, with the request that it happened to. */
  readonly onError: (error: unknown, request: IncomingMessage) => void;
}

/**
 * Puts an Apollo Server behind node:http. It answers every request that is handed to it, with JSON (or the landing page), and throws
 * nothing: a request cannot harm the process.
 */
export function createGraphqlHandler<TContext extends BaseContext>(
  apollo: ApolloServer<TContext>,
  options: GraphqlHandlerOptions<TContext>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const answer = async (request: IncomingMessage, response: ServerResponse, body: unknown) => {
    const compiled = options.compiled?.find(request, body);
    let created: Promise<TContext> | undefined;
    const context = () => (created ??= asPromise(() => options.createContext(request, response, body)));
    const ran =
      compiled &&
      (await context().then(
        (value) => compiled.run(value),
        () => undefined,
      ));
    if (compiled && ran?.text !== undefined) return sendText(response, compiled.contentType, ran.text);
    const carefully = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        method: request.method ?? "GET",
        headers: headersOf(request),
        search: searchOf(request),
        body: compiled?.body ?? body,
      },
      context: async () => (ran ? withRootResults(await context(), ran.results) : context()),
    });
    if (body !== undefined) options.compiled?.learnContentType(request, carefully);
    await send(response, carefully);
  };
  return async (request, response) => {
    let leave: (() => void) | undefined;
    try {
      const { bodyLimitBytes, bodyRoom } = options;
      const body = request.method === "POST" ? await readJsonBody(request, bodyLimitBytes, bodyRoom) : undefined;
      leave = options.enter?.(request, body);
      await answer(request, response, body);
    } catch (error) {
      // The client left in the middle: there is nobody to answer.
      if (request.destroyed && !request.complete) return;
      if (error instanceof HttpError) return sendHttpError(response, error);
      options.onError(error, request);
      sendHttpError(response, new HttpError(500, "INTERNAL_SERVER_ERROR", "Internal server error."));
    } finally {
      leave?.();
    }
  };
}

async function asPromise<T>(make: () => Promise<T> | T): Promise<T> {
  return make();
}

function sendText(response: ServerResponse, contentType: string, text: string): void {
  response.setHeader("content-type", contentType);
  response.end(text);
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

async function send(response: ServerResponse, { status, headers, body }: HTTPGraphQLResponse): Promise<void> {
  response.statusCode = status ?? 200;
  for (const [name, value] of headers) response.setHeader(name, value);
  // The landing page runs scripts; anybody else who is answered with a page is not to.
  if (headers.get("content-type")?.startsWith("text/html")) response.removeHeader("content-security-policy");
  if (body.kind === "complete") return void response.end(body.string);
  for await (const chunk of body.asyncIterator) response.write(chunk);
  response.end();
}

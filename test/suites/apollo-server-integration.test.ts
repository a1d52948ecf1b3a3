/** @jest-environment ./test/suites/without-lockstep-test.ts */
import { createServer as createNodeServer } from "node:http";
import { ApolloServer, type ApolloServerOptions, type BaseContext, type ContextThunk } from "@apollo/server";
import { type CreateServerForIntegrationTests, defineIntegrationTestSuite } from "@apollo/server-integration-testsuite";
import { systemClock } from "../../src/resilience/clock.js";
import { createGraphqlHandler } from "../../src/server/graphql-handler.js";
import { createHttpHost } from "../../src/server/http-host.js";
import { drainWithin, listenOn } from "../../src/server/lifecycle.js";

// Apollo's own tests of whatever stands between HTTP and Apollo Server, against what we put there: all that a client sends gets
// in, and all that Apollo Server answers gets out. The suite itself skips incremental delivery, which needs graphql 17.

async function createServer(
  config: ApolloServerOptions<BaseContext>,
  options: { readonly context?: ContextThunk } = {},
) {
  const apollo = new ApolloServer(config);
  await apollo.start();
  const graphql = createGraphqlHandler(apollo, {
    createContext: options.context ?? (() => ({})),
    bodyLimitBytes: 1_000_000,
    onError: () => {},
  });
  const host = createHttpHost({
    graphql: (request, response) => {
      // The host's word on caching holds where Apollo Server has none. The suite wants to see what Apollo Server says.
      response.removeHeader("cache-control");
      return graphql(request, response);
    },
    healthDetails: () => ({}),
    isReady: () => true,
    corsOrigins: [],
    onRequest: () => {},
    onNoRequest: () => "",
    onRefusedConnection: () => {},
    limits: {
      headersLimitBytes: 16_384,
      headersLimit: 100,
      headersTimeoutMs: 10_000,
      requestTimeoutMs: 30_000,
      keepAliveTimeoutMs: 65_000,
      connectionsLimit: 10_000,
    },
  });
  const server = createNodeServer((request, response) => {
    // The host refuses HEAD itself, and lists OPTIONS among what it allows. The suite wants Apollo Server's own refusal.
    if (request.method === "HEAD") return void graphql(request, response);
    // The suite wants GraphQL at the root.
    request.url = `/graphql${request.url?.slice(1)}`;
    host.emit("request", request, response);
  });
  return {
    server: apollo,
    url: await listenOn(server, 0, "127.0.0.1"),
    extraCleanup: () => drainWithin(systemClock, 1_000, server, async () => {}),
  };
}

// The suite's types are those of the Apollo Server that it was released with.
defineIntegrationTestSuite(createServer as unknown as CreateServerForIntegrationTests);

import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { ApolloServer, HeaderMap } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled } from "@apollo/server/plugin/disabled";
import { startStandaloneServer } from "@apollo/server/standalone";
import { TYPE_DEFINITIONS } from "./campaign-schema.ts";
import { sayListening } from "./listen.ts";
import { naiveResolvers } from "./naive-resolvers.ts";
import { tunedResolvers } from "./tuned-resolvers.ts";

// An entry point: Apollo Server, as its first page shows it, or with all that is known to make it faster and is in its documentation.
if (process.env["RESOLVERS"] === "naive") {
  const apollo = new ApolloServer({ typeDefs: TYPE_DEFINITIONS, resolvers: naiveResolvers });
  const { url } = await startStandaloneServer(apollo, { listen: { port: 0, host: "127.0.0.1" } });
  sayListening(url.replace("localhost", "127.0.0.1"));
} else {
  const plugins = [ApolloServerPluginCacheControlDisabled()];
  const apollo = new ApolloServer({ typeDefs: TYPE_DEFINITIONS, resolvers: tunedResolvers, plugins });
  await apollo.start();
  const server = createServer(async (request, response) => {
    const { body, headers, status } = await apollo.executeHTTPGraphQLRequest({
      context: async () => ({}),
      httpGraphQLRequest: {
        method: request.method ?? "POST",
        headers: headersOf(request),
        body: JSON.parse(await text(request)),
        search: "",
      },
    });
    if (body.kind !== "complete") throw new Error("Nothing here is answered in parts.");
    const length = Buffer.byteLength(body.string);
    response.writeHead(status ?? 200, { ...Object.fromEntries(headers), "content-length": length });
    response.end(body.string);
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address && typeof address === "object") sayListening(`http://127.0.0.1:${address.port}`);
  });
}

/** What Apollo Server looks at is the type of the content alone. */
function headersOf({ headers }: IncomingMessage): HeaderMap {
  return new HeaderMap([["content-type", headers["content-type"] ?? ""]]);
}

import type { RequestListener } from "node:http";
import { TYPE_DEFINITIONS } from "./campaign-schema.ts";
import { listen } from "./listen.ts";
import { loadPeer } from "./load-peer.ts";
import { tunedResolvers } from "./tuned-resolvers.ts";

interface Yoga {
  createSchema(parts: object): object;
  createYoga(options: object): RequestListener;
}

// An entry point: GraphQL Yoga with its plugin for graphql-jit.
const { createSchema, createYoga } = await loadPeer<Yoga>("graphql-yoga");
const { useGraphQlJit } = await loadPeer<{ readonly useGraphQlJit: () => object }>("@envelop/graphql-jit");
const schema = createSchema({ typeDefs: TYPE_DEFINITIONS, resolvers: tunedResolvers });
listen(createYoga({ schema, plugins: [useGraphQlJit()], logging: false, graphiql: false, landingPage: false }));

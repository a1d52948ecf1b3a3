import { TYPE_DEFINITIONS } from "./campaign-schema.ts";
import { sayListening } from "./listen.ts";
import { loadPeer } from "./load-peer.ts";
import { tunedResolvers } from "./tuned-resolvers.ts";

interface Fastify {
  register(plugin: unknown, options: object): unknown;
  listen(options: object): Promise<string>;
}

// An entry point: Mercurius on Fastify, which compiles an operation when it is asked for the second time.
const { default: fastify } = await loadPeer<{ readonly default: () => Fastify }>("fastify");
const { default: mercurius } = await loadPeer<{ readonly default: unknown }>("mercurius");
const app = fastify();
const { _Entity, ...resolvers } = tunedResolvers;
// Its own spelling of the same thing.
const union = { _Entity: { resolveType: _Entity.__resolveType } };
app.register(mercurius, { schema: TYPE_DEFINITIONS, resolvers: { ...resolvers, ...union }, jit: 1 });
sayListening(await app.listen({ port: 0, host: "127.0.0.1" }));

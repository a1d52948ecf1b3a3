import type { ApolloServerPlugin } from "@apollo/server";

/** @returns what makes traces, loaded when it is first asked for: to load it takes a fiftieth of a start */
function load(): ApolloServerPlugin {
  const { ApolloServerPluginInlineTrace } =
    require("@apollo/server/plugin/inlineTrace") as typeof import("@apollo/server/plugin/inlineTrace");
  return ApolloServerPluginInlineTrace({ includeErrors: { masked: true } });
}

let loaded: ApolloServerPlugin | undefined;

/** A trace in the answer to each request that asks for one, as a supergraph's router does. https://specs.apollo.dev/ (ftv1) */
export const inlineTracePlugin: ApolloServerPlugin = {
  requestDidStart: async (context) => {
    if (context.request.http?.headers.get("apollo-federation-include-trace") !== "ftv1") return;
    return (loaded ??= load()).requestDidStart?.(context);
  },
};

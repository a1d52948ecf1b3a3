import { loadPeer } from "./load-peer.ts";

interface OpenApi {
  loadOpenAPISubgraph(name: string, options: object): unknown;
}

const { loadOpenAPISubgraph } = await loadPeer<OpenApi>("@omnigraph/openapi");
const operationHeaders = {
  authorization: "Klaviyo-API-Key pk_bench_0123456789abcdef",
  accept: "application/vnd.api+json",
};

/** Read by `mesh-compose`: Klaviyo's own OpenAPI document, as it is. */
export const composeConfig = {
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph("klaviyo", {
        source: process.env["OPENAPI_DOCUMENT"],
        endpoint: "{env.UPSTREAM_URL}",
        operationHeaders,
        // Else each answer is a union with Klaviyo's errors, and every question one level deeper.
        ignoreErrorResponses: true,
      }),
    },
  ],
};

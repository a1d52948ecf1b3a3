import { createServer, type Server } from "node:http";
import type { Registry } from "prom-client";

/** `GET /metrics` on a port of its own, so that who reaches the graph does not see how it is doing. */
export function createMetricsHost(registry: Registry): Server {
  return createServer(async (request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") return void response.writeHead(404).end();
    const text = await registry.metrics();
    response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" }).end(text);
  });
}

import { createServer, type Server } from "node:http";
import type { Registry } from "prom-client";

/**
 * `GET /metrics` on a port of its own, so that who reaches the graph does not see how it is doing.
 * @param stillMs for so long nothing may move on a connection: who asks and does not read is hung up on
 * @param onTrouble told why metrics could not be collected; who asked for them is answered 500
 */
export function createMetricsHost(
  registry: Pick<Registry, "metrics" | "contentType">,
  stillMs: number,
  onTrouble: (error: unknown) => void,
): Server {
  const server = createServer(async (request, response) => {
    if (request.url !== "/metrics" || request.method !== "GET") return void response.writeHead(404).end();
    try {
      const text = await registry.metrics();
      response.writeHead(200, { "content-type": registry.contentType, "cache-control": "no-store" }).end(text);
    } catch (error) {
      onTrouble(error);
      response.writeHead(500, { "cache-control": "no-store" }).end();
    }
  });
  server.timeout = stillMs;
  return server;
}

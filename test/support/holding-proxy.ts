import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/simulator.js";

/** A simulated Klaviyo that answers when the test says so: for what has to happen between a request and its answer. */
export interface HoldingProxy extends AsyncDisposable {
  readonly url: string;
  readonly simulator: Simulator;
  /** Every request so far, in the order in which they came. */
  readonly held: readonly { readonly path: string; release(): void }[];
  /** How many of them have not been answered, nor given up. */
  readonly underWayCount: number;
}

export async function startHoldingProxy(options: SimulatorOptions): Promise<HoldingProxy> {
  const simulator = createSimulator(options);
  const simulatorUrl = await simulator.listen();
  const held: { path: string; release(): void }[] = [];
  let underWayCount = 0;
  const server = createServer((request, response) => {
    underWayCount++;
    response.once("close", () => underWayCount--);
    const { promise, resolve } = Promise.withResolvers<void>();
    held.push({ path: request.url ?? "", release: resolve });
    // What the gateway has given up may still be under way when all is closed.
    void promise.then(() => forward(simulatorUrl, request, response)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    simulator,
    held,
    get underWayCount() {
      return underWayCount;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await simulator.close();
    },
  };
}

async function forward(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", headers } = request;
  const body = await buffer(request);
  const { authorization = "", revision = "", accept = "", "content-type": type } = headers;
  const answer = await fetch(`${url}${request.url}`, {
    method,
    headers: { authorization, revision: String(revision), accept, ...(type && { "content-type": type }) },
    ...(body.length > 0 && { body }),
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

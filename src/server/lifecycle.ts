import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Clock } from "../resilience/clock.js";

/**
 * How many may wait to be let in while the process is busy. Linux drops who comes further, and they try again a second later: Node's own 511
 * are soon there when everybody presses the button. The system may allow fewer (`net.core.somaxconn`, 4,096 by default).
 */
const BACKLOG = 4_096;

/** @returns the base URL, such as `http://127.0.0.1:4000` */
export function listenOn(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host, backlog: BACKLOG }, () => {
      const { address, family, port: actualPort } = server.address() as AddressInfo;
      resolve(`http://${family === "IPv6" ? `[${address}]` : address}:${actualPort}`);
    });
  });
}

/**
 * Takes no more connections, waits for running requests and then for the `work` that they left behind, at most `limitMs` in all,
 * and ends what is left.
 */
export async function drainWithin(
  clock: Clock,
  limitMs: number,
  server: Server,
  work: () => Promise<unknown>,
): Promise<void> {
  const timer = new AbortController();
  const limit = clock.sleep(limitMs, timer.signal).catch(() => undefined);
  // A request that is still arriving may start work, and its client may leave: only then is the work complete.
  await Promise.race([closed(server).then(work), limit]);
  timer.abort();
  server.closeAllConnections();
}

/** Resolves when the last connection has ended; idle ones are closed at once. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
  });
}

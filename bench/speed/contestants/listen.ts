import type { RequestListener } from "node:http";
import { createServer } from "node:http";

/** Listens on a free port, and says so in the words that the benchmark waits for. */
export function listen(handler: RequestListener): void {
  const server = createServer(handler).listen(0, "127.0.0.1", () => {
    const address = server.address();
    if (address && typeof address === "object") sayListening(`http://127.0.0.1:${address.port}`);
  });
}

export function sayListening(url: string): void {
  console.log(`listening on ${url}`);
}

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that can be reached from this machine alone, until it is disposed of with all its connections. */
export interface Loopback extends AsyncDisposable {
  readonly url: string;
}

/** Lets a server listen on a free port. */
export async function listenOnLoopback(server: Server): Promise<Loopback> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

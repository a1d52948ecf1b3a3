import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";

/** What the simulator has answered, before it is altered. */
export interface TrueAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes an answer, or what is left of it, on the connection. */
export type Alteration = (answer: TrueAnswer, socket: Socket) => void;

export interface AlteredUpstream extends AsyncDisposable {
  readonly url: string;
  readonly openCount: number;
  /** From now on answers are altered by these, one after the other, and then no more. */
  alterNext(alterations: readonly Alteration[]): void;
}

/** Stands before the simulator, which carries everything out, and alters what it says. */
export async function startAlteredUpstream(simulatorUrl: () => string): Promise<AlteredUpstream> {
  let waiting: Alteration[] = [];
  const open = new Set<Socket>();
  const server = createServer(async (request, response) => {
    const { socket } = request;
    const answer = await askSimulator(simulatorUrl(), request);
    const alteration = waiting.shift();
    if (alteration) return alteration(answer, socket);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  server.on("connection", (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get openCount() {
      return open.size;
    },
    alterNext: (alterations) => {
      waiting = [...alterations];
    },
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

async function askSimulator(base: string, request: IncomingMessage): Promise<TrueAnswer> {
  const { method = "GET", url = "/", headers } = request;
  const body = await text(request);
  const { authorization = "", revision = "", "content-type": type } = headers;
  const response = await fetch(`${base}${url}`, {
    method,
    headers: { authorization, revision: String(revision), ...(type && { "content-type": type }) },
    ...(body !== "" && { body }),
  });
  const kept = Object.fromEntries(
    [...response.headers].filter(([name]) => /^(content-type|ratelimit|retry-after)/.test(name)),
  );
  return { status: response.status, headers: kept, body: await response.text() };
}

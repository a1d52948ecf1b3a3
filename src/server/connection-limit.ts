import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Holds a server to so many connections: each takes memory and an open file, and without files to open no cancel reaches Klaviyo. The
 * last place is made free again while there is somebody who does nothing. Who is being served is never sent away.
 * @param onRefused told of each that was refused, or sent away before it had asked anything
 */
export function limitConnections(server: Server, limit: number, onRefused: () => void): void {
  /** Who has asked nothing yet, in the order in which they came. */
  const silent = new Set<Socket>();
  let openCount = 0;
  server.maxConnections = limit;
  // Before Node counts the newcomer among those who are idle.
  server.prependListener("connection", (socket: Socket) => {
    openCount += 1;
    socket.once("close", () => {
      openCount -= 1;
      silent.delete(socket);
    });
    if (openCount >= limit) makeRoom(server, silent, onRefused);
    silent.add(socket);
  });
  server.on("request", ({ socket }) => void silent.delete(socket));
  server.on("drop", () => {
    // All were busy when the last of them came, and may be idle by now: the next finds room.
    server.closeIdleConnections();
    onRefused();
  });
}

/** Clients of ours ask as soon as they are connected. So who is silent goes first, and costs nobody else an idle connection. */
function makeRoom(server: Server, silent: ReadonlySet<Socket>, onRefused: () => void): void {
  const [longest] = silent;
  if (!longest) return server.closeIdleConnections();
  longest.destroy();
  onRefused();
}

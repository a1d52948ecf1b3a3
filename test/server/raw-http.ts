import { connect, type Socket } from "node:net";

export interface RawAnswer {
  readonly status: number;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A socket to the server behind `url`, on which a test writes whatever bytes it likes. */
export function openSocket(url: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // What the server does to the connection is looked at in the answer, not here.
  socket.on("error", () => socket.destroy());
  return socket;
}

/** Writes `bytes` on a new connection. @returns the first complete answer @throws Error when the connection ends without one */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<RawAnswer> {
  const socket = openSocket(url);
  try {
    socket.write(bytes);
    return await readAnswer(socket);
  } finally {
    socket.destroy();
  }
}

/** The next answer on a connection, as soon as it is complete by its own content-length. */
export function readAnswer(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let bytes = Buffer.alloc(0);
    const onData = (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      const answer = parseAnswer(bytes);
      if (answer) finish(() => resolve(answer));
    };
    const onClose = () => finish(() => reject(new Error(`The connection ended after ${JSON.stringify(`${bytes}`)}`)));
    const finish = (settle: () => void) => {
      socket.off("data", onData);
      socket.off("close", onClose);
      settle();
    };
    socket.on("data", onData);
    socket.on("close", onClose);
    if (socket.destroyed) onClose();
  });
}

/** All that comes on a connection until it ends. */
export async function readToEnd(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  await closed(socket);
  return Buffer.concat(chunks).toString();
}

/** Resolves when the connection is gone, whoever ended it. */
export function closed(socket: Socket): Promise<void> {
  if (socket.closed) return Promise.resolve();
  // A socket that nobody reads does not notice its end.
  socket.resume();
  return new Promise((resolve) => socket.once("close", () => resolve()));
}

function parseAnswer(bytes: Buffer): RawAnswer | undefined {
  const headEnd = bytes.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.subarray(0, headEnd).toString("latin1").split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(statusLine)?.[1]);
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(":", 1)[0]?.toLowerCase() ?? "", line.slice(line.indexOf(":") + 1).trim()]),
  );
  // A server that waits for a body which the client withholds for now is not answering yet.
  if (status === 100) return parseAnswer(bytes.subarray(headEnd + 4));
  const body = bytes.subarray(headEnd + 4);
  // What comes after it is the next answer. An answer without a length has all that is there.
  const length = Number(headers["content-length"] ?? body.length);
  return body.length < length ? undefined : { status, headers, body: body.toString("utf8", 0, length) };
}

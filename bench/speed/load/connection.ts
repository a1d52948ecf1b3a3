import { connect, type Socket } from "node:net";

/** How one request was answered. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/**
 * One client: it asks, waits for the whole answer, and asks again. It reads no more of an answer than where it ends, for a load
 * generator that does more is the bottleneck that it measures.
 */
export class Connection {
  private readonly socket: Socket;
  private chunks: Buffer[] = [];
  private received = 0;
  private expected = 0;
  private isChunked = false;
  private onReply: ((raw: readonly Buffer[]) => void) | undefined;
  private onBreak: ((error: Error) => void) | undefined;

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (chunk) => this.receive(typeof chunk === "string" ? Buffer.from(chunk) : chunk));
    this.socket.on("error", (error) => this.break(error));
    this.socket.on("close", () => this.break(new Error("the connection was closed")));
  }

  /** Resolves when it is there, or will never be: who asks then is told. */
  ready(): Promise<void> {
    const { socket } = this;
    return new Promise((resolve) => {
      socket.once("connect", resolve);
      socket.once("close", () => resolve());
    });
  }

  ask(request: string, onReply: (raw: readonly Buffer[]) => void, onBreak: (error: Error) => void): void {
    if (this.socket.destroyed) return onBreak(new Error("there is no connection"));
    this.onReply = onReply;
    this.onBreak = onBreak;
    this.socket.write(request, "latin1");
  }

  close(): void {
    this.onBreak = undefined;
    this.socket.destroy();
  }

  private receive(chunk: Buffer): void {
    if (this.chunks.length === 0) this.begin(chunk);
    this.chunks.push(chunk);
    this.received += chunk.length;
    const isWhole = this.isChunked ? endsChunks(chunk) : this.received >= this.expected;
    if (!isWhole) return;
    const { chunks, onReply } = this;
    this.chunks = [];
    this.received = 0;
    this.onReply = undefined;
    onReply?.(chunks);
  }

  /** Heads are small: they are taken to arrive in one piece. */
  private begin(chunk: Buffer): void {
    const end = chunk.indexOf("\r\n\r\n");
    const head = chunk.toString("latin1", 0, end).toLowerCase();
    const length = /content-length: *(\d+)/.exec(head)?.[1];
    this.isChunked = length === undefined && head.includes("transfer-encoding: chunked");
    this.expected = end + 4 + Number(length ?? 0);
  }

  private break(error: Error): void {
    const { onBreak } = this;
    this.onBreak = undefined;
    onBreak?.(error);
  }
}

const LAST_CHUNK = "0\r\n\r\n";

function endsChunks(chunk: Buffer): boolean {
  return chunk.toString("latin1", Math.max(0, chunk.length - LAST_CHUNK.length)) === LAST_CHUNK;
}

export function statusOf(raw: readonly Buffer[]): number {
  const [first] = raw;
  return first ? Number(first.toString("latin1", 9, 12)) : 0;
}

/** All of a reply, for those few that are looked at. */
export function replyOf(raw: readonly Buffer[]): Reply {
  const text = Buffer.concat(raw).toString("utf8");
  const end = text.indexOf("\r\n\r\n");
  const body = text.slice(end + 4);
  const isChunked = /\r\ntransfer-encoding: *chunked/i.test(text.slice(0, end));
  return { status: statusOf(raw), body: isChunked ? unchunk(Buffer.from(body)) : body };
}

function unchunk(body: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const lineEnd = body.indexOf("\r\n", at);
    const size = Number.parseInt(body.toString("latin1", at, lineEnd), 16);
    if (!(size > 0)) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts).toString("utf8");
}

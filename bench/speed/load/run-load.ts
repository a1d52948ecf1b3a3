import { setTimeout as sleep } from "node:timers/promises";
import { Connection, type Reply, replyOf, statusOf } from "./connection.ts";

export interface Load {
  readonly port: number;
  readonly clients: number;
  readonly ms: number;
  /** The bytes of the next request. */
  readonly next: () => string;
}

export interface LoadResult {
  /** Answers with 200, from first to last request. */
  readonly answered: number;
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** Other statuses, broken connections, and requests without an answer. */
  readonly errors: number;
}

/** How long to wait for the last answers. */
const PATIENCE_MS = 5_000;

/**
 * Keeps as many requests under way as there are clients, for so long, counted from when all are connected; then waits for the answers
 * that are still to come.
 */
export async function runLoad({ port, clients, ms, next }: Load): Promise<LoadResult> {
  const latenciesMs: number[] = [];
  let errors = 0;
  let waiting = clients;
  let resolve = () => {};
  const allDone = new Promise<void>((done) => (resolve = done));
  const end = () => {
    waiting -= 1;
    if (waiting === 0) resolve();
  };
  const connections = Array.from({ length: clients }, () => new Connection(port));
  // Where many connect at once, a system lets some of them wait for a second.
  await Promise.all(connections.map((connection) => connection.ready()));
  const startedAt = performance.now();
  const endsAt = startedAt + ms;
  const askAgain = (connection: Connection) => {
    const askedAt = performance.now();
    if (askedAt >= endsAt) return end();
    const onReply = (raw: readonly Buffer[]) => {
      if (statusOf(raw) === 200) latenciesMs.push(performance.now() - askedAt);
      else errors += 1;
      askAgain(connection);
    };
    const onBreak = () => {
      errors += 1;
      end();
    };
    connection.ask(next(), onReply, onBreak);
  };
  for (const connection of connections) askAgain(connection);
  await Promise.race([allDone, sleep(ms + PATIENCE_MS, undefined, { ref: false })]);
  for (const connection of connections) connection.close();
  const seconds = (performance.now() - startedAt) / 1_000;
  return { answered: latenciesMs.length, seconds, latenciesMs, errors: errors + waiting };
}

/** One request, and all of its answer. */
export function askOnce(port: number, request: string): Promise<Reply> {
  const connection = new Connection(port);
  return new Promise<Reply>((resolve, reject) => {
    connection.ask(request, (raw) => resolve(replyOf(raw)), reject);
  }).finally(() => connection.close());
}

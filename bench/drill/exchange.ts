import { Pool } from "undici";
import type { Operation } from "./operations.ts";

/** How one request ended. A request has exactly one of these. */
export type Ending =
  | { readonly kind: "answered"; readonly status: number; readonly body: GraphqlBody; readonly isMine: boolean }
  /** Nobody listened: nothing was asked. */
  | { readonly kind: "refused" }
  /** The connection ended before the answer. */
  | { readonly kind: "lost"; readonly reason: string };

export interface GraphqlBody {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: ErrorExtensions }[];
  readonly extensions?: { readonly cache?: CacheStatus };
}

interface ErrorExtensions {
  readonly code?: string;
  readonly retryAfterMs?: number;
}

/** How many reads of a request were answered how. */
interface CacheStatus {
  readonly hits: number;
  readonly stale: number;
  readonly misses: number;
  readonly shared: number;
}

export interface Asker {
  readonly name: string;
  readonly requestId: string;
}

/** One replica as frontends see it. */
export interface Replica {
  readonly name: string;
  /** Never rejects: what goes wrong is an ending as well. */
  ask(operation: Operation, asker: Asker): Promise<Ending>;
  close(): Promise<void>;
}

/** Longer than any deadline of what is drilled: whoever has not answered by then has not answered. */
const PATIENCE_MS = 30_000;

export function replicaAt(name: string, url: string): Replica {
  // As many connections as there are requests: each frontend is a machine of its own.
  const pool = new Pool(url, { headersTimeout: PATIENCE_MS, bodyTimeout: PATIENCE_MS });
  return { name, ask: (operation, asker) => ask(pool, operation, asker), close: () => pool.destroy() };
}

async function ask(pool: Pool, operation: Operation, { name, requestId }: Asker): Promise<Ending> {
  try {
    const answer = await pool.request({
      method: "POST",
      path: "/graphql",
      headers: {
        "content-type": "application/json",
        "apollographql-client-name": name,
        "x-request-id": requestId,
        // Asks the gateway to say whether an answer was kept, and whether it was old.
        "x-cache-status": "1",
      },
      body: JSON.stringify(operation),
    });
    const body = parse(await answer.body.text());
    return { kind: "answered", status: answer.statusCode, body, isMine: answer.headers["x-request-id"] === requestId };
  } catch (error) {
    const code = codeOf(error);
    return code === "ECONNREFUSED" ? { kind: "refused" } : { kind: "lost", reason: code };
  }
}

function parse(text: string): GraphqlBody {
  try {
    return JSON.parse(text) as GraphqlBody;
  } catch {
    return { errors: [{ message: text.slice(0, 80), extensions: { code: "not JSON" } }] };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}

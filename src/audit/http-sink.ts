import { randomUUID } from "node:crypto";
import type { AuditSink } from "./audit-log.js";

export interface HttpSinkOptions {
  readonly url: string;
  /** Sent as a bearer token; empty: none. */
  readonly token: string;
  readonly timeoutMs: number;
}

/**
 * POSTs lines as NDJSON to a collector, which answers 2xx when it has them. Each start begins a chain of its own, whose name goes with
 * its lines. Where an answer is lost they are sent again, to the letter: a collector knows them by chain and sequence.
 */
export function httpSink({ url, token, timeoutMs }: HttpSinkOptions): AuditSink {
  const headers = {
    "content-type": "application/x-ndjson",
    "x-audit-chain": randomUUID(),
    ...(token !== "" && { authorization: `Bearer ${token}` }),
  };
  return {
    open: async () => undefined,
    write: async (lines) => {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, { method: "POST", headers, body: lines, redirect: "error", signal });
      // What a collector has to say beyond its status is nobody's business, and perhaps endless.
      await response.body?.cancel();
      if (!response.ok) throw new Error(`The collector of audit lines answered HTTP ${response.status}.`);
    },
  };
}

import type { Dispatcher } from "undici";
// undici's index loads fetch, WebSockets, caches and mocks as well, twice as many files: a tenth of a start.
import Pool from "undici/lib/dispatcher/pool.js";

export interface DispatcherSettings {
  /** Klaviyo's, such as `https://a.klaviyo.com`: nothing is sent anywhere else. */
  readonly origin: string;
  readonly connections: number;
  readonly connectTimeoutMs: number;
  readonly attemptTimeoutMs: number;
}

/** Keep-alive connections to Klaviyo. Redirects are not followed and nothing is repeated: undici's dispatcher does neither. */
export function createDispatcher(settings: DispatcherSettings): Dispatcher {
  const { origin, connections, connectTimeoutMs, attemptTimeoutMs } = settings;
  // Backstops: they are coarse, and the body's is an idle timer. An attempt's own time limit is the precise one.
  const backstopMs = attemptTimeoutMs + 1_000;
  return new Pool(origin, {
    connections,
    pipelining: 1,
    // HTTP/2 would put all calls on one connection, where one lost packet holds up a cancel behind the reads.
    allowH2: false,
    connect: { timeout: connectTimeoutMs },
    headersTimeout: backstopMs,
    bodyTimeout: backstopMs,
  });
}

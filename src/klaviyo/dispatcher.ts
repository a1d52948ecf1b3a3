import type { Dispatcher } from "undici";
// undici's index loads fetch, WebSockets, caches and mocks as well, twice as many files: a tenth of a start.
import Pool from "undici/lib/dispatcher/pool.js";

export interface DispatcherSettings {
  /** Klaviyo's, such as `https://a.klaviyo.com`: nothing is sent anywhere else. */
  readonly origin: string;
  /** The most of a kind. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  readonly attemptTimeoutMs: number;
}

/** Keep-alive connections to Klaviyo. Redirects are not followed and nothing is repeated: undici's dispatchers do neither. */
export interface Connections {
  readonly ordinary: Dispatcher;
  /** For what cancels need, and nobody else. */
  readonly reserved: Dispatcher;
  /**
   * For a call that is not to wait for reads which Klaviyo does not answer: undici has one queue for a pool, and knows no lanes. A connection of
   * the ordinary ones that is open and idle is as good, and sooner there than a new one.
   */
  critical(): Dispatcher;
  destroy(): Promise<void>;
}

export function createConnections(settings: DispatcherSettings): Connections {
  const [ordinary, reserved] = [createDispatcher(settings), createDispatcher(settings)];
  return {
    ordinary,
    reserved,
    critical: () => (ordinary.stats.free > 0 && ordinary.stats.queued === 0 ? ordinary : reserved),
    destroy: async () => {
      await Promise.all([ordinary.destroy(), reserved.destroy()]);
    },
  };
}

/** Connections of one kind: what cannot have one waits until one is free, in the order in which it came. */
export function createDispatcher({
  origin,
  connections,
  connectTimeoutMs,
  attemptTimeoutMs,
}: DispatcherSettings): Pool {
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

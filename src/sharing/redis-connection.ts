import type { RedisClientType, RedisFunctions, RedisModules, RedisScripts } from "@redis/client";

/** One connection to Redis or Valkey. When it is lost it is over: whoever holds it opens another. */
export type RedisConnection = RedisClientType<RedisModules, RedisFunctions, RedisScripts, 3>;

/** Connecting, TLS and the handshake together. */
export const CONNECT_LIMIT_MS = 2_000;

/**
 * The client is hundreds of files, which a gateway without Redis does not load: see docs/performance.md.
 * @param onLost called when the connection ends by itself. @returns a connection that is not open yet
 */
export async function createConnection(url: string, onLost: (error: Error) => void): Promise<RedisConnection> {
  const { createClient } = await import("@redis/client");
  const connection: RedisConnection = createClient({
    url,
    // So that one connection can ask and listen.
    RESP: 3,
    name: "klaviyo-campaigns-gateway",
    // What cannot be sent now is decided locally now; nothing is kept to be sent when it is no longer true.
    disableOfflineQueue: true,
    maintNotifications: "disabled",
    socket: { connectTimeout: CONNECT_LIMIT_MS, reconnectStrategy: false },
  });
  connection.on("error", onLost);
  return connection;
}

import { parseApiKey } from "../config/api-key.js";
import { WatchedFile } from "../files/watched-file.js";
import type { Surroundings } from "./surroundings.js";

/** Klaviyo's private key, which may be replaced while the gateway runs. */
export interface ApiKey {
  /** The key of the next call. */
  readonly current: () => string;
  readonly start: () => Promise<void>;
  /** Reads the file again, where there is one. Does not throw. */
  readonly reload: () => Promise<void>;
  readonly close: () => void;
}

export function createApiKey(surroundings: Surroundings): ApiKey {
  const { config } = surroundings;
  const file = config.KLAVIYO_API_KEY_FILE === "" ? undefined : watchKey(surroundings);
  return {
    current: () => file?.value ?? config.KLAVIYO_API_KEY,
    start: async () => file?.start(),
    reload: async () => file?.reload(),
    close: () => file?.close(),
  };
}

function watchKey({ config, clock, logger, secrets }: Surroundings): WatchedFile<string> {
  const path = config.KLAVIYO_API_KEY_FILE;
  return new WatchedFile({
    path,
    parse: (text) => {
      const key = parseApiKey(text);
      // Before any call can use it, and fail with it.
      secrets.add(key);
      return key;
    },
    clock,
    onReload: () => logger.info({ path }, "key read again"),
    onFailure: (error) => logger.error({ path, err: error }, "key cannot be read; the one before stays in use"),
  });
}

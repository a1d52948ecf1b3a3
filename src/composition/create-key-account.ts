import { parseApiKey } from "../config/api-key.js";
import { WatchedFile } from "../files/watched-file.js";
import { accountNameOf } from "../klaviyo/account-name.js";
import { keyCredential } from "../klaviyo/credential.js";
import type { AccountSource, CreateAccount } from "./account-source.js";
import type { Surroundings } from "./surroundings.js";

/** One account for all callers, by Klaviyo's private key, which may be replaced while the gateway runs. */
export function createKeyAccount(surroundings: Surroundings, create: CreateAccount): AccountSource {
  const { config } = surroundings;
  const file = config.KLAVIYO_API_KEY_FILE === "" ? undefined : watchKey(surroundings);
  const account = create({
    // For as long as the process runs: a key that replaces the first one is the same account's.
    name: accountNameOf(config.KLAVIYO_BASE_URL, config.KLAVIYO_API_KEY),
    credential: keyCredential(() => file?.value ?? config.KLAVIYO_API_KEY),
  });
  return {
    accountOf: () => account,
    open: () => [account],
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

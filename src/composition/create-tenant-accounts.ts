import { AccessError } from "../access/access-error.js";
import type { Identity } from "../access/identity.js";
import { parseAccountsFile } from "../config/credentials.js";
import type { Keys } from "../config/keys.js";
import { WatchedFile } from "../files/watched-file.js";
import { accountNameOf } from "../klaviyo/account-name.js";
import { keyCredential } from "../klaviyo/credential.js";
import { AccountPool } from "./account-pool.js";
import type { AccountSource, CreateAccount } from "./account-source.js";
import type { Surroundings } from "./surroundings.js";

/** An account for each tenant, by its key. A tenant whose key is replaced is in another account from then on: nobody says that it is not. */
export function createTenantAccounts(surroundings: Surroundings, create: CreateAccount): AccountSource {
  const { config } = surroundings;
  const file = config.KLAVIYO_ACCOUNTS_FILE === "" ? undefined : watchKeys(surroundings);
  const pool = new AccountPool((key) =>
    create({ name: accountNameOf(config.KLAVIYO_BASE_URL, key), credential: keyCredential(() => key) }),
  );
  return {
    accountOf: (identity) => pool.of(keyOf(identity, file?.value ?? config.KLAVIYO_ACCOUNTS)),
    open: () => pool.all(),
    start: async () => file?.start(),
    reload: async () => file?.reload(),
    close: () => file?.close(),
  };
}

/** @throws AccessError that tells a caller of no tenant, and nobody which tenants there are */
function keyOf(identity: Identity, keys: Keys): string {
  if (identity.kind !== "caller")
    throw new AccessError("UNAUTHENTICATED", "This needs a caller who is known. Authenticate, and ask again.");
  if (identity.tenant === undefined)
    throw new AccessError("ACCOUNT_UNKNOWN", "Nothing says which tenant you are of, and so whose Klaviyo this is.");
  const key = keys.get(identity.tenant);
  if (key === undefined) throw new AccessError("ACCOUNT_UNKNOWN", "There is no Klaviyo account for your tenant.");
  return key;
}

function watchKeys({ config, clock, logger, secrets }: Surroundings): WatchedFile<Keys> {
  const path = config.KLAVIYO_ACCOUNTS_FILE;
  return new WatchedFile({
    path,
    parse: (text) => {
      const keys = parseAccountsFile(text);
      for (const key of keys.values()) secrets.add(key);
      return keys;
    },
    clock,
    onReload: () => logger.info({ path }, "accounts read again"),
    onFailure: (error) => logger.error({ path, err: error }, "accounts cannot be read; those before stay in use"),
  });
}

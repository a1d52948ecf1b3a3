import { AccessError } from "../access/access-error.js";
import { onlyValue, type RequestHeaders } from "../auth/authenticate.js";
import { callersAccountNameOf } from "../klaviyo/account-name.js";
import { AccountPool } from "./account-pool.js";
import type { AccountSource, CreateAccount } from "./account-source.js";
import type { Surroundings } from "./surroundings.js";

/** An account for each credential that callers bring along. What it is good for, Klaviyo decides. */
export function createCallersAccounts({ config }: Surroundings, create: CreateAccount): AccountSource {
  const pool = new AccountPool((authorization) =>
    create({
      name: callersAccountNameOf(config.KLAVIYO_BASE_URL, authorization),
      credential: { kind: "fixed", authorization: () => authorization },
    }),
  );
  const nothing = async () => {};
  return {
    accountOf: (_identity, headers) => pool.of(authorizationIn(headers)),
    open: () => pool.all(),
    start: nothing,
    reload: nothing,
    close: () => {},
  };
}

const SCHEMES: ReadonlyMap<string | undefined, string> = new Map([
  ["klaviyo-api-key", "Klaviyo-API-Key"],
  ["bearer", "Bearer"],
]);

/** @returns the header as Klaviyo has it, so that one credential is one account however it is written @throws AccessError */
function authorizationIn(headers: RequestHeaders): string {
  const [, scheme, credential] =
    /^([A-Za-z-]+) +([\x21-\x7e]+) *$/.exec(onlyValue(headers, "authorization") ?? "") ?? [];
  const known = SCHEMES.get(scheme?.toLowerCase());
  if (known !== undefined && credential !== undefined) return `${known} ${credential}`;
  throw new AccessError(
    "UNAUTHENTICATED",
    "This needs your own credential for Klaviyo: `Authorization: Klaviyo-API-Key <key>` or `Authorization: Bearer <access token>`.",
  );
}

import type { Clock } from "../resilience/clock.js";
import { type Authenticate, authenticateNobody } from "./authenticate.js";
import type { JwtOptions } from "./jwt-authentication.js";
import { fetchKeys, readKeys } from "./load-keys.js";
import { createRouterAuthentication, type RouterProofs } from "./router-authentication.js";

export interface AuthSettings extends Omit<JwtOptions, "keys" | "clock"> {
  readonly mode: "jwt" | "router" | "none";
  /** One of these two, for `jwt`. */
  readonly jwksUrl: string;
  readonly jwksFile: string;
  readonly routerProofs: RouterProofs;
}

/** Keys are fetched anew after this time, even if every token finds its key: an issuer may have withdrawn one. */
const KEYS_MAX_AGE_MS = 600_000;
/** Tokens with unknown keys are free to make: they must not make us hammer the issuer. */
const KEYS_COOLDOWN_MS = 30_000;

/** The way to know callers that the configuration chooses. */
export function createAuthentication(
  settings: AuthSettings,
  clock: Clock,
  onKeysFailure: (error: unknown) => void,
): Authenticate {
  switch (settings.mode) {
    case "none":
      return authenticateNobody;
    case "router":
      return createRouterAuthentication(settings.routerProofs);
    case "jwt": {
      const loading = loadJwtAuthentication(settings, clock, onKeysFailure);
      return async (headers) => (await loading)(headers);
    }
  }
}

/** What checks tokens is dozens of files, which a gateway without them does not load: see docs/performance.md. */
async function loadJwtAuthentication(
  settings: AuthSettings,
  clock: Clock,
  onFailure: (error: unknown) => void,
): Promise<Authenticate> {
  const { createJwtAuthentication } = await import("./jwt-authentication.js");
  const { KeySet } = await import("./key-set.js");
  const { jwksUrl, jwksFile } = settings;
  const keys = new KeySet({
    load: () => (jwksUrl ? fetchKeys(jwksUrl) : readKeys(jwksFile)),
    clock,
    maxAgeMs: KEYS_MAX_AGE_MS,
    cooldownMs: KEYS_COOLDOWN_MS,
    onFailure,
  });
  return createJwtAuthentication({ ...settings, keys, clock });
}

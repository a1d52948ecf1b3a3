import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";
import { START_MS } from "../support/held-clock.js";

export const ISSUER = "https://issuer.example.com/";
export const AUDIENCE = "campaigns";

export interface Key {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function newKey(kid: string, alg = "RS256"): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" } };
}

export const SECONDS = Math.floor(START_MS / 1_000);

/** A token that is fine, but for what the test says. */
export function sign(key: Key, claims: JWTPayload = {}, header: object = {}): Promise<string> {
  const payload = { iss: ISSUER, aud: AUDIENCE, sub: "anna", exp: SECONDS + 300, scope: "campaigns:read", ...claims };
  return new SignJWT(payload).setProtectedHeader({ alg: key.alg, kid: key.kid, ...header }).sign(key.privateKey);
}

/** A real issuer's key endpoint on loopback, which counts how often it is asked and can break down. */
export interface Issuer extends AsyncDisposable {
  readonly url: string;
  keys: readonly Key[];
  /** What it answers instead of its keys. */
  broken: { readonly status: number; readonly body: string } | "hangs up" | undefined;
  readonly asked: number;
}

export async function startIssuer(...keys: readonly Key[]): Promise<Issuer> {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked += 1;
    if (issuer.broken === "hangs up") return void response.destroy();
    response.statusCode = issuer.broken?.status ?? 200;
    response.end(issuer.broken?.body ?? JSON.stringify({ keys: issuer.keys.map(({ publicJwk }) => publicJwk) }));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const issuer: Issuer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`,
    keys,
    broken: undefined,
    get asked() {
      return asked;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return issuer;
}

import { createHash } from "node:crypto";
import { errors, type JWTPayload, jwtVerify } from "jose";
import { LRUCache } from "lru-cache";
import { AccessError } from "../access/access-error.js";
import { type Identity, scopesIn } from "../access/identity.js";
import type { Clock } from "../resilience/clock.js";
import { type Authenticate, onlyValue } from "./authenticate.js";
import type { KeySet } from "./key-set.js";

export interface JwtOptions {
  readonly keys: KeySet;
  readonly clock: Clock;
  readonly issuer: string;
  readonly audience: string;
  /** The only algorithms that are accepted, whatever a token's header says. */
  readonly algorithms: readonly string[];
  /** How far the clocks of issuer and gateway may be apart. */
  readonly clockToleranceMs: number;
  /** The claim that holds the scopes, as a text or a list. */
  readonly scopeClaim: string;
  /** The claim that names the tenant. */
  readonly tenantClaim: string;
}

interface Verified {
  readonly identity: Identity;
  readonly expiresAtMs: number;
}

/** Checking a signature costs as much as a small request: what was found out about a token is kept until the token or the keys end. */
const TOKENS_KEPT = 1_000;

/** Cut off, it could be another's. */
const LONGEST_SUBJECT = 256;

/** Knows callers by JSON Web Tokens, sent as `Authorization: Bearer ...`. */
export function createJwtAuthentication(options: JwtOptions): Authenticate {
  const { clock, keys } = options;
  const known = new LRUCache<string, Verified>({ max: TOKENS_KEPT });
  return async (headers) => {
    const header = onlyValue(headers, "authorization");
    if (header === undefined) return { kind: "anonymous" };
    const token = /^Bearer +([A-Za-z0-9._~+/=-]+) *$/i.exec(header)?.[1];
    if (token === undefined)
      throw new AccessError("UNAUTHENTICATED", "The header must be `Authorization: Bearer <token>`.");
    const digest = createHash("sha256").update(token).digest("base64");
    keys.refreshIfOld();
    // Others may come while the token is checked by these.
    const place = `${keys.version} ${digest}`;
    const seen = known.get(place);
    if (seen && clock.wallMs() < seen.expiresAtMs) return seen.identity;
    const verified = await verify(token, options);
    known.set(place, verified);
    return verified.identity;
  };
}

async function verify(token: string, options: JwtOptions): Promise<Verified> {
  const { keys, clock, issuer, audience, algorithms, clockToleranceMs, scopeClaim, tenantClaim } = options;
  try {
    const { payload } = await jwtVerify(token, keys.getKey, {
      issuer,
      audience,
      algorithms: [...algorithms],
      clockTolerance: clockToleranceMs / 1_000,
      currentDate: new Date(clock.wallMs()),
      requiredClaims: ["sub", "exp"],
    });
    const { sub = "", exp = 0 } = payload;
    if (typeof sub !== "string" || sub === "") throw new AccessError("UNAUTHENTICATED", NO_SUBJECT);
    if (sub.length > LONGEST_SUBJECT)
      throw new AccessError("UNAUTHENTICATED", `The token's \`sub\` is longer than ${LONGEST_SUBJECT} characters.`);
    return {
      identity: {
        kind: "caller",
        subject: sub,
        scopes: scopesOf(payload, scopeClaim),
        tenant: tenantIn(payload, tenantClaim),
      },
      expiresAtMs: exp * 1_000 + clockToleranceMs,
    };
  } catch (error) {
    if (error instanceof AccessError) throw error;
    throw new AccessError("UNAUTHENTICATED", faultOf(error));
  }
}

function scopesOf(payload: JWTPayload, claim: string): ReadonlySet<string> {
  const value = payload[claim];
  if (typeof value === "string") return scopesIn(value);
  return new Set(Array.isArray(value) ? value.filter((scope) => typeof scope === "string") : []);
}

/** What is too long to be a tenant's name is none: cut off, it could be another's. */
function tenantIn(payload: JWTPayload, claim: string): string | undefined {
  const value = payload[claim];
  return typeof value === "string" && value !== "" && value.length <= 256 ? value : undefined;
}

/** In our words: a library's could repeat what was sent. */
function faultOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return "The token has expired.";
  if (error instanceof errors.JWTClaimValidationFailed)
    return FAULTS_OF_CLAIMS[error.claim] ?? "A claim of the token does not hold.";
  if (error instanceof errors.JOSEAlgNotAllowed) return "The token is signed with an algorithm that is not accepted.";
  if (error instanceof errors.JWKSNoMatchingKey) return "The token is signed with a key that is not known.";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "The token's signature does not hold.";
  return "This is not a token that can be checked.";
}

const NO_SUBJECT = "The token does not say whose it is: `sub` is missing.";

const FAULTS_OF_CLAIMS: Readonly<Record<string, string>> = {
  iss: "The token is of another issuer.",
  aud: "The token is for another audience.",
  nbf: "The token is not valid yet.",
  sub: NO_SUBJECT,
  exp: "The token has no end: `exp` is missing.",
};

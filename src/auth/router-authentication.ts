import { createHash, timingSafeEqual } from "node:crypto";
import { AccessError } from "../access/access-error.js";
import { scopesIn } from "../access/identity.js";
import { type Authenticate, onlyValue, type RequestHeaders } from "./authenticate.js";

const ROUTER_SECRET_HEADER = "x-router-secret";
const CALLER_SUBJECT_HEADER = "x-caller-subject";
const CALLER_SCOPES_HEADER = "x-caller-scopes";
const CALLER_TENANT_HEADER = "x-caller-tenant";

const SUBJECT = /^[\x21-\x7e]{1,256}$/;

/** How a router proves that it is one. */
export interface RouterProofs {
  /** What it may send as `x-router-secret`: any of them, so that one can be replaced while the other is still in use. */
  readonly secrets: readonly string[];
  /** Where what ends TLS in front of the gateway says by which certificate its client is known; empty: nowhere. */
  readonly certificateHeader: string;
  /** SHA-256 fingerprints of certificates, in lower case without colons. */
  readonly fingerprints: readonly string[];
}

/**
 * Believes a router that has authenticated the user, and knows it by a secret that both share, or by the certificate that it has shown to
 * what ends TLS. What the identity headers say counts from there only.
 */
export function createRouterAuthentication(proofs: RouterProofs): Authenticate {
  const secrets = proofs.secrets.map(digest);
  const fingerprints = proofs.fingerprints.map(digest);
  const { certificateHeader } = proofs;
  const hasCertificate = (headers: RequestHeaders) =>
    certificateHeader !== "" && isOneOf(fingerprints, normalized(onlyValue(headers, certificateHeader)));
  return async (headers) => {
    const isRouter = isOneOf(secrets, onlyValue(headers, ROUTER_SECRET_HEADER)) || hasCertificate(headers);
    if (!isRouter)
      throw new AccessError(
        "UNAUTHENTICATED",
        `Only a router that proves to be one is let in, by \`${ROUTER_SECRET_HEADER}\` or by its certificate.`,
      );
    const subject = onlyValue(headers, CALLER_SUBJECT_HEADER);
    if (subject === undefined) return { kind: "anonymous" };
    if (!SUBJECT.test(subject)) throw new AccessError("UNAUTHENTICATED", `\`${CALLER_SUBJECT_HEADER}\` is not a name.`);
    const scopes = scopesIn(onlyValue(headers, CALLER_SCOPES_HEADER) ?? "");
    return { kind: "caller", subject, scopes, tenant: onlyValue(headers, CALLER_TENANT_HEADER) };
  };
}

/** Digests are of one length, and all of them are compared: how long it takes tells nothing. */
function isOneOf(digests: readonly Buffer[], text = ""): boolean {
  const given = digest(text);
  return digests.filter((known) => timingSafeEqual(known, given)).length > 0;
}

/** As some write them: `AB:CD:...`. */
function normalized(fingerprint: string | undefined): string | undefined {
  return fingerprint?.replaceAll(":", "").toLowerCase();
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

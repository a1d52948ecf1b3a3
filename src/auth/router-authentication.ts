import { createHash, timingSafeEqual } from "node:crypto";
import { AccessError } from "../access/access-error.js";
import { scopesIn } from "../access/identity.js";
import { type Authenticate, onlyValue } from "./authenticate.js";

export const ROUTER_SECRET_HEADER = "x-router-secret";
export const CALLER_SUBJECT_HEADER = "x-caller-subject";
export const CALLER_SCOPES_HEADER = "x-caller-scopes";
export const CALLER_TENANT_HEADER = "x-caller-tenant";

const SUBJECT = /^[\x21-\x7e]{1,256}$/;

/**
 * Believes a router that has authenticated the user, and knows it by a secret that both share. What the identity headers say counts
 * from there only.
 * @param secrets any of them is accepted, so that one can be replaced while the other is still in use
 */
export function createRouterAuthentication(secrets: readonly string[]): Authenticate {
  const digests = secrets.map(digest);
  return async (headers) => {
    const given = digest(onlyValue(headers, ROUTER_SECRET_HEADER) ?? "");
    // Digests are of one length, and all of them are compared: how long it takes tells nothing.
    const matches = digests.filter((known) => timingSafeEqual(known, given));
    if (matches.length === 0)
      throw new AccessError("UNAUTHENTICATED", `Only a router that sends \`${ROUTER_SECRET_HEADER}\` is let in.`);
    const subject = onlyValue(headers, CALLER_SUBJECT_HEADER);
    if (subject === undefined) return { kind: "anonymous" };
    if (!SUBJECT.test(subject)) throw new AccessError("UNAUTHENTICATED", `\`${CALLER_SUBJECT_HEADER}\` is not a name.`);
    const scopes = scopesIn(onlyValue(headers, CALLER_SCOPES_HEADER) ?? "");
    return { kind: "caller", subject, scopes, tenant: onlyValue(headers, CALLER_TENANT_HEADER) };
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

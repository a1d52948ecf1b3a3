import { AccessError } from "../access/access-error.js";
import type { Identity } from "../access/identity.js";
import type { GatewayContext } from "./context.js";

/**
 * What of whoever asks an answer depends on: whose Klaviyo it is, and what may be seen of it. Undefined for those who have none: why
 * not, the answer tells.
 */
export function viewerOf(context: GatewayContext): string | undefined {
  try {
    return JSON.stringify([context.client.account, mayOf(context.identity)]);
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
}

function mayOf(identity: Identity): string | readonly string[] {
  return identity.kind === "caller" ? [...identity.scopes].toSorted() : identity.kind;
}

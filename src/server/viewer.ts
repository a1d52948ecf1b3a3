import { AccessError } from "../access/access-error.js";
import type { GatewayContext } from "./context.js";

/**
 * What of whoever asks an answer depends on: whose Klaviyo it is, and what may be seen of it. Undefined for those who have none: why
 * not, the answer tells.
 */
export function viewerOf(context: GatewayContext): string | undefined {
  const { identity } = context;
  try {
    const { account } = context.client;
    return identity.kind === "caller"
      ? JSON.stringify([account, [...identity.scopes].toSorted()])
      : `${identity.kind} ${account}`;
  } catch (error) {
    if (error instanceof AccessError) return undefined;
    throw error;
  }
}

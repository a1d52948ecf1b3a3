import { AccessError } from "./access-error.js";
import type { AccessContext, Identity } from "./identity.js";
import { scopesIn } from "./identity.js";

/**
 * For TypeGraphQL, which takes whatever has a prototype for a class: every field with `@RequiresScopes` is checked when it is
 * resolved. @throws AccessError
 */
export const checkAccess = (
  { context }: { readonly context: AccessContext },
  alternatives: readonly string[],
): boolean => {
  assertAccess(context.identity, alternatives);
  return true;
};

/**
 * @param alternatives each a list of scopes; having all of one of them is enough
 * @throws AccessError that names what is missing
 */
export function assertAccess(identity: Identity, alternatives: readonly string[]): void {
  if (identity.kind === "everybody") return;
  if (identity.kind === "anonymous")
    throw new AccessError("UNAUTHENTICATED", "This needs a caller who is known. Authenticate, and ask again.");
  const { scopes } = identity;
  const missing = alternatives.map((alternative) => [...scopesIn(alternative)].filter((scope) => !scopes.has(scope)));
  if (alternatives.length === 0 || missing.some((absent) => absent.length === 0)) return;
  const ways = missing.map((absent) => absent.join(" "));
  throw new AccessError("FORBIDDEN", `You lack a scope that this needs: ${ways.join(", or ")}.`, ways);
}

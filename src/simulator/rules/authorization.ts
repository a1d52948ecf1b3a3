import { ApiError } from "../http/api-error.js";

export type ApiKeys = Readonly<Record<string, readonly string[]>>;

/** The scopes of the caller; "every" for a key whose scopes nobody wrote down. */
export type Scopes = readonly string[] | "every";

/** A1: Klaviyo's pages disagree on the status for a missing key (400 or 401); the status table wins here. */
export function authenticate(header: string | undefined, apiKeys: ApiKeys | undefined): Scopes {
  if (header === undefined) throw refusal("not_authenticated", "Authentication credentials were not provided.");
  const [, key] = /^(?:Klaviyo-API-Key|Bearer) +(\S+)$/.exec(header) ?? [];
  const scopes = key === undefined ? undefined : scopesOf(key, apiKeys);
  if (scopes === undefined) throw refusal("authentication_failed", "Incorrect authentication credentials.");
  return scopes;
}

export function requireScopes(granted: Scopes, required: readonly string[]): void {
  const missing = granted === "every" ? [] : required.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return;
  const detail = `You do not have permission to perform this action. Missing scopes: ${missing.join(", ")}.`;
  throw new ApiError({ status: 403, code: "permission_denied", title: "Permission denied.", detail });
}

function scopesOf(key: string, apiKeys: ApiKeys | undefined): Scopes | undefined {
  if (apiKeys === undefined) return key.startsWith("pk_") ? "every" : undefined;
  return Object.hasOwn(apiKeys, key) ? apiKeys[key] : undefined;
}

export function refusal(code: string, detail: string): ApiError {
  return new ApiError({ status: 401, code, title: "Authentication failed.", detail });
}

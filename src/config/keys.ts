import { isRecord } from "../json/is-record.js";

/** A private key of Klaviyo's for each tenant. */
export type Keys = ReadonlyMap<string, string>;

/** A key that was cut short while it was being written is rather refused than tried. Klaviyo's are longer. */
const API_KEY = /^[\x21-\x7e]{16,}$/;
const TENANT = /^[\x21-\x7e]{1,256}$/;

export function isApiKey(text: string): boolean {
  return API_KEY.test(text);
}

/** @param text a JSON object from tenants to keys; empty for none @throws Error that shows nothing of it: tenants and keys may have been mixed up */
export function parseKeys(text: string): Keys {
  if (text.trim() === "") return new Map();
  const entries = entriesIn(text);
  const wrong = entries.filter(([tenant, key]) => !TENANT.test(tenant) || typeof key !== "string" || !isApiKey(key));
  if (wrong.length > 0 || entries.length === 0)
    throw new Error(
      "must give each tenant a key of at least 16 characters that can stand in an HTTP header, " +
        `which ${wrong.length} of ${entries.length} entries do not (what it holds is not shown).`,
    );
  return new Map(entries.map(([tenant, key]) => [tenant, String(key)]));
}

function entriesIn(text: string): readonly (readonly [tenant: string, key: unknown])[] {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return Object.entries(value);
  } catch {
    // Its message would quote the text.
  }
  throw new Error('must be a JSON object such as {"tenant":"key"} (what it holds is not shown).');
}

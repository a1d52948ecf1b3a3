import { isRecord } from "../json/is-record.js";

/** A private key of Klaviyo's for each tenant. */
export type Keys = ReadonlyMap<string, string>;

/** Klaviyo's are a few dozen characters. What is far longer is something else that was put in a key's place. */
const LONGEST_KEY = 1_000;
/** A key that was cut short while a file of it was being written is rather refused than tried. Klaviyo's are longer. */
const SHORTEST_KEY = 16;
const TENANT = /^[\x21-\x7e]{1,256}$/;

/** What is asked of a key in a file, or of a tenant's. */
export const A_KEY = `key of ${SHORTEST_KEY} to ${LONGEST_KEY} characters that can stand in an HTTP header`;

export function isApiKey(text: string): boolean {
  return text.length >= SHORTEST_KEY && canBeSent(text);
}

/** @param value the key as a variable has it; empty for none @throws Error that does not show it */
export function parseKey(value: string): string {
  if (canBeSent(value)) return value;
  throw new Error(
    `must be at most ${LONGEST_KEY} characters that can stand in an HTTP header, without spaces (its value is not shown).`,
  );
}

/** Anything else would fail at every call instead of once at the start. */
function canBeSent(text: string): boolean {
  return text.length <= LONGEST_KEY && /^[\x21-\x7e]*$/.test(text);
}

/** @param text a JSON object from tenants to keys; empty for none @throws Error that shows nothing of it: tenants and keys may have been mixed up */
export function parseKeys(text: string): Keys {
  if (text.trim() === "") return new Map();
  const entries = entriesIn(text);
  if (entries.length === 0) throw new Error('must name at least one tenant, as in {"tenant":"key"}, not {}.');
  const wrong = entries.filter(([tenant, key]) => !TENANT.test(tenant) || typeof key !== "string" || !isApiKey(key));
  if (wrong.length > 0)
    throw new Error(
      `must give each tenant a ${A_KEY}, ` +
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

/** What calls prove themselves with. It appears in the Authorization header and nowhere else. */
export interface Credential {
  /** The header's value for the next call. */
  readonly authorization: () => string;
}

/** A private key, `pk_...`. @param apiKey the key as it is now */
export function keyCredential(apiKey: () => string): Credential {
  return { authorization: () => `Klaviyo-API-Key ${apiKey()}` };
}

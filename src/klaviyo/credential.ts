import type { WaitLimits } from "../resilience/wait-within.js";

/** What calls prove themselves with. It appears in the Authorization header and nowhere else. */
export type Credential = FixedCredential | RenewableCredential;

/** One that holds until somebody replaces it. */
export interface FixedCredential {
  readonly kind: "fixed";
  /** The header's value for the next call. */
  readonly authorization: () => string;
}

/** One that ends by itself, and can be renewed. */
export interface RenewableCredential {
  readonly kind: "renewable";
  /** The header's value for the next call. @throws KlaviyoError where none can be had, or not in time: nothing was sent then */
  authorization(limits: WaitLimits): string | Promise<string>;
  /** The header's value in place of one that was refused; undefined where there is no better one. @throws KlaviyoError as above */
  inPlaceOf(refused: string, limits: WaitLimits): Promise<string | undefined>;
}

/** A private key, `pk_...`. @param apiKey the key as it is now */
export function keyCredential(apiKey: () => string): FixedCredential {
  return { kind: "fixed", authorization: () => `Klaviyo-API-Key ${apiKey()}` };
}

import type { Complaint, KlaviyoFailure } from "../klaviyo/failure.js";

/** How asking Klaviyo to write ended. */
export type Asked<T> =
  /** Klaviyo said yes. */
  | { readonly kind: "taken"; readonly value: T }
  /** Not executed: never sent, refused, or throttled for longer than there is time. */
  | { readonly kind: "refused"; readonly failure: KlaviyoFailure; readonly complaints: readonly Complaint[] }
  /** Perhaps executed. It must not be asked again. */
  | { readonly kind: "unknown"; readonly failure: KlaviyoFailure };

export type Looked<T> =
  { readonly kind: "seen"; readonly value: T } | { readonly kind: "failed"; readonly failure: KlaviyoFailure };

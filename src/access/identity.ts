/** Who a request comes from, once that has been proven. */
export type Identity =
  /** Authentication is off: whoever asks may do everything. */
  | { readonly kind: "everybody" }
  /** Authentication is on, and the request brought no proof. */
  | { readonly kind: "anonymous" }
  | {
      readonly kind: "caller";
      readonly subject: string;
      readonly scopes: ReadonlySet<string>;
      /** On whose behalf the caller acts, where that is said. */
      readonly tenant?: string | undefined;
    };

/** What access control needs of a request. */
export interface AccessContext {
  readonly identity: Identity;
}

/** The name that logs and audit lines know a caller by. */
export function subjectOf(identity: Identity): string | undefined {
  return identity.kind === "caller" ? identity.subject : undefined;
}

export function tenantOf(identity: Identity): string | undefined {
  return identity.kind === "caller" ? identity.tenant : undefined;
}

/** Scopes as OAuth writes them, separated by spaces. */
export function scopesIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/).filter((scope) => scope !== ""));
}

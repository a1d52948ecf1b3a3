/** Something that goes wrong between the client and Klaviyo, or inside Klaviyo. */
export interface Fault {
  readonly match?: {
    readonly method?: string;
    /** The raw path without the query: exact, or a prefix that ends in "*". */
    readonly path?: string;
  };
  /** How many requests it hits. Default 1. */
  readonly times?: number | "always";
  /** Of the requests that it could hit, how many it does: 0 to 1, by chance. Default 1. */
  readonly share?: number;
  /**
   * Whether the request was carried out before the fault answered. Default false.
   * Faults that deform the normal answer need it, and so always carry the request out.
   */
  readonly applied?: boolean;
  readonly answer: FaultAnswer;
}

export type FaultAnswer =
  /** Default body: the JSON:API error of that status; a 429 says Retry-After: 1, unless `headers` are given. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
      readonly contentType?: string;
    }
  | { readonly kind: "html"; readonly status: number }
  /** The connection is reset before a byte of the answer. */
  | { readonly kind: "reset" }
  /** The head says how long the body is, then the connection ends half-way. */
  | { readonly kind: "reset-mid-body" }
  /** Never answers. */
  | { readonly kind: "black-hole" }
  /** Sound HTTP around half a JSON document. */
  | { readonly kind: "truncated" }
  | { readonly kind: "slow-body"; readonly chunkBytes: number; readonly everyMs: number }
  /** Waits, then gives the normal answer. */
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "huge-body"; readonly bytes: number }
  | { readonly kind: "redirect"; readonly location: string }
  /** The normal body, about another resource. */
  | { readonly kind: "wrong-id" };

export type FaultKind = FaultAnswer["kind"];

export const FAULT_KINDS = [
  "status",
  "html",
  "reset",
  "reset-mid-body",
  "black-hole",
  "truncated",
  "slow-body",
  "delay",
  "huge-body",
  "redirect",
  "wrong-id",
] as const satisfies readonly FaultKind[];

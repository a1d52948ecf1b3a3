/** How a request is written on the wire. Klaviyo changed both at once, in revision 2024-10-15. */
export interface WireForm {
  readonly mediaType: "application/json" | "application/vnd.api+json";
  readonly trailingSlash: boolean;
}

const PLAIN_JSON: WireForm = { mediaType: "application/json", trailingSlash: true };
const JSON_API: WireForm = { mediaType: "application/vnd.api+json", trailingSlash: false };

/**
 * Every published revision that has `PATCH /api/campaign-send-jobs/{id}`, oldest first, with its wire form.
 * Source: the revision branches of Klaviyo's public OpenAPI repository.
 *
 * It is an allow-list on purpose: Klaviyo announced a later revision that reuses these paths with another shape and cancels
 * elsewhere, so a date that is not in this table must never reach the wire.
 */
const WIRE_FORMS = {
  "2023-02-22": PLAIN_JSON,
  "2023-06-15": PLAIN_JSON,
  "2023-07-15": PLAIN_JSON,
  "2023-08-15": PLAIN_JSON,
  "2023-09-15": PLAIN_JSON,
  "2023-10-15": PLAIN_JSON,
  "2023-12-15": PLAIN_JSON,
  "2024-02-15": PLAIN_JSON,
  "2024-05-15": PLAIN_JSON,
  "2024-06-15": PLAIN_JSON,
  "2024-07-15": PLAIN_JSON,
  "2024-10-15": JSON_API,
  "2025-01-15": JSON_API,
  "2025-04-15": JSON_API,
  "2025-07-15": JSON_API,
  "2025-10-15": JSON_API,
  "2026-01-15": JSON_API,
  "2026-04-15": JSON_API,
  "2026-07-15": JSON_API,
} as const satisfies Record<string, WireForm>;

export type Revision = keyof typeof WIRE_FORMS;

export const SUPPORTED_REVISIONS = Object.keys(WIRE_FORMS) as readonly Revision[];

/** The revision whose response shapes the gateway reads by default. */
export const NEWEST_REVISION = "2026-07-15" satisfies Revision;

/**
 * Revisions that the gateway may read with. All of them answer the shape of 2025-01-15, filter campaigns by id (2025-07-15) and
 * page by size (2026-04-15), so that no read needs a second form.
 */
export const READING_REVISIONS = ["2026-04-15", "2026-07-15"] as const satisfies readonly Revision[];

export type ReadingRevision = (typeof READING_REVISIONS)[number];

export function isSupportedRevision(value: string): value is Revision {
  return Object.hasOwn(WIRE_FORMS, value);
}

export function wireFormOf(revision: Revision): WireForm {
  return WIRE_FORMS[revision];
}

import type { Revision } from "./revision.js";

/** Until this revision paths ended in a slash and the media type was plain JSON. */
const JSON_API_SINCE: Revision = "2024-10-15";
export const JSON_API_TYPE = "application/vnd.api+json";
export const JSON_TYPE = "application/json";

export function pathSuffix(revision: Revision): "/" | "" {
  return revision < JSON_API_SINCE ? "/" : "";
}

// A7: of older shapes, only the slash, the media type, and what each `revision <` names are played.
export function answerType(revision: Revision): string {
  return revision < JSON_API_SINCE ? JSON_TYPE : JSON_API_TYPE;
}

/** The official SDK sends plain JSON at every revision, so that stays legal. */
export function acceptedTypes(revision: Revision): readonly string[] {
  return revision < JSON_API_SINCE ? [JSON_TYPE] : [JSON_API_TYPE, JSON_TYPE];
}

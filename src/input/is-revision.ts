import { isSupportedRevision, SUPPORTED_REVISIONS } from "../klaviyo/revisions.js";
import { ValidateBy } from "./class-validator.js";
import { shown } from "./invalid-input-error.js";

/** The name by which {@link validateArguments} tells an unsupported revision from a mistyped one. */
export const SUPPORTED_REVISION_CONSTRAINT = "isSupportedRevision";

/** `YYYY-MM-DD`, optionally with a suffix such as `.pre`, and a date that the calendar has. */
export function IsRevision(): PropertyDecorator {
  return ValidateBy({
    name: "isRevision",
    validator: {
      validate: (value) => isSupported(value) || isWellFormed(value),
      defaultMessage: (args) =>
        `${shown(args?.value)} is not a revision: a date as YYYY-MM-DD, such as ${SUPPORTED_REVISIONS.at(-1)}.`,
    },
  });
}

/** One of the revisions with a known wire form. Leaves a malformed one to {@link IsRevision}, so that it is named once. */
export function IsSupportedRevision(): PropertyDecorator {
  return ValidateBy({
    name: SUPPORTED_REVISION_CONSTRAINT,
    validator: {
      validate: (value) => isSupported(value) || !isWellFormed(value),
      defaultMessage: (args) =>
        `${shown(args?.value)} is not supported. Supported revisions: ${SUPPORTED_REVISIONS.join(", ")}.`,
    },
  });
}

const REVISION = /^(\d{4}-\d{2}-\d{2})(?:\.[a-z0-9]{1,16})?$/;

/** Most are, and then there is no need to follow the calendar, which takes longer than all other rules of a cancel. */
function isSupported(value: unknown): boolean {
  return typeof value === "string" && isSupportedRevision(value);
}

function isWellFormed(value: unknown): value is string {
  const date = typeof value === "string" ? REVISION.exec(value)?.[1] : undefined;
  return date !== undefined && isRealDate(date);
}

/** Date.parse rolls 2026-02-30 over to March: a real date is one that comes back as it went in. */
function isRealDate(date: string): boolean {
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date);
}

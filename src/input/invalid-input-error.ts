/** One thing that is wrong with what a client sent. */
export interface InputFault {
  /** The argument's name, with a path where it is nested. */
  readonly field: string;
  /** What was found and what is accepted. */
  readonly message: string;
}

/** Arguments that cannot be worked with. It is thrown before any I/O and carries every fault at once. */
export class InvalidInputError extends Error {
  constructor(
    readonly faults: readonly InputFault[],
    /** Set where the one and only fault is a revision that is well-formed and not supported. */
    readonly isOnlyUnsupportedRevision = false,
  ) {
    super(faults.map(({ field, message }) => `${field}: ${message}`).join(" "));
    this.name = "InvalidInputError";
  }
}

/** A value as it may be shown to the one who sent it: as JSON, so that control characters are visible, and never long. */
export function shown(value: unknown): string {
  if (typeof value === "number" || typeof value === "boolean" || value === undefined || value === null)
    return String(value);
  // What is nested may be nested very deeply: its contents are not looked at.
  if (typeof value !== "string") return Array.isArray(value) ? "a list" : "an object";
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
}

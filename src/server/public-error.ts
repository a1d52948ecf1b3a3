import { ERROR_CODES, type ErrorCode } from "./error-codes.js";

/** What a client may know of an error. */
export interface PublicError {
  readonly code: ErrorCode;
  readonly message: string;
  /** What is known besides. Of that, only what the table has for the code leaves the gateway. */
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** The one way to `extensions`: the code, and what {@link ERROR_CODES} documents for it, as far as it is known. */
export function extensionsOf({
  code,
  extensions: known = {},
}: PublicError): Record<string, unknown> & { code: ErrorCode } {
  const documented: readonly string[] = ERROR_CODES[code].extensions;
  const told = documented.filter((name) => known[name] !== undefined).map((name) => [name, known[name]]);
  return { code, ...Object.fromEntries(told) };
}

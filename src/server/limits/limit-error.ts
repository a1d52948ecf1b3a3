import { GraphQLError } from "graphql";
import type { ErrorCode } from "../error-codes.js";

/** Codes of the limits on what an operation may ask for. */
export type LimitCode = Extract<ErrorCode, `MAX_${string}_LIMIT` | "COST_ESTIMATED_TOO_EXPENSIVE">;

export function isLimitCode(code: unknown): code is LimitCode {
  return typeof code === "string" && LIMIT_CODES.has(code);
}

const LIMIT_CODES: ReadonlySet<string> = new Set<LimitCode>([
  "MAX_TOKENS_LIMIT",
  "MAX_DEPTH_LIMIT",
  "MAX_HEIGHT_LIMIT",
  "MAX_ROOT_FIELDS_LIMIT",
  "MAX_ALIASES_LIMIT",
  "MAX_DIRECTIVES_LIMIT",
  "MAX_LIST_SIZE_LIMIT",
  "COST_ESTIMATED_TOO_EXPENSIVE",
]);

interface Excess {
  readonly code: LimitCode;
  /** What is too many: "nested fields". */
  readonly what: string;
  readonly limit: number;
  readonly actual: number;
  /** What the client can do about it. */
  readonly wayOut: string;
}

/** An operation that asks for too much. It is refused before anything of it runs. */
export class LimitError extends GraphQLError {
  readonly excess: Excess;

  constructor(excess: Excess) {
    const { code, what, limit, actual, wayOut } = excess;
    super(`Too many ${what}: ${actual}, and at most ${limit} are accepted. ${wayOut}`, {
      extensions: { code, http: { status: 400 } },
    });
    this.name = "LimitError";
    this.excess = excess;
  }
}

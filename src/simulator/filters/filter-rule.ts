import { invalidParameter } from "../http/api-error.js";
import type { Revision } from "../rules/revision.js";
import { FilterSyntaxError } from "./filter-reader.js";
import { type FilterLiteral, type FilterTerm, parseFilter } from "./parse-filter.js";

/** What may be asked of one field. `since` says from which revision on. */
export interface FilterRule {
  readonly since?: Revision;
  /** Operators that take one value. */
  readonly single: readonly string[];
  /** Operators that take a list. */
  readonly list: readonly string[];
  readonly value: "string" | "boolean" | "datetime" | "integer";
  readonly legal?: readonly string[];
}

const COMPARISONS = ["greater-or-equal", "greater-than", "less-or-equal", "less-than"];

export const MOMENT: FilterRule = { single: COMPARISONS, list: [], value: "datetime" };
export const SIZE: FilterRule = { single: COMPARISONS, list: [], value: "integer" };

export type FilterRules = Readonly<Record<string, FilterRule>>;

/** A term whose field, operator and values are legal. Moments are in milliseconds since the epoch. */
export interface CheckedTerm {
  readonly field: string;
  readonly operator: string;
  readonly values: readonly (string | boolean | number)[];
}

const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

export function decodeFilter(text: string, rules: FilterRules, revision: Revision): readonly CheckedTerm[] {
  return parse(text).map((term) => {
    const rule = Object.hasOwn(rules, term.field) ? rules[term.field] : undefined;
    if (rule === undefined || (rule.since !== undefined && revision < rule.since)) {
      throw invalidFilter(`'${term.field}' is not a filterable field for this resource.`);
    }
    return checkTerm(term, rule);
  });
}

export function invalidFilter(detail: string): Error {
  return invalidParameter("filter", detail);
}

function parse(text: string): readonly FilterTerm[] {
  try {
    return parseFilter(text);
  } catch (error) {
    if (error instanceof FilterSyntaxError) throw invalidFilter(`Invalid filter: ${error.message}.`);
    throw error;
  }
}

function checkTerm({ field, operator, literal }: FilterTerm, rule: FilterRule): CheckedTerm {
  const operators = literal.kind === "list" ? rule.list : rule.single;
  if (!operators.includes(operator)) {
    throw invalidFilter(`'${operator}' is not a valid operator for '${field}' with this kind of value.`);
  }
  const literals = literal.kind === "list" ? literal.value : [literal];
  return { field, operator, values: literals.map((item) => checkValue(field, item, rule)) };
}

/** A13: strings are quoted, moments, numbers and booleans bare; nothing else is taken for them. */
function checkValue(field: string, literal: FilterLiteral, rule: FilterRule): string | boolean | number {
  if (rule.value === "datetime" && literal.kind === "bare" && DATE_TIME.test(literal.value)) {
    const ms = Date.parse(zoned(literal.value));
    if (!Number.isNaN(ms)) return ms;
  }
  if (rule.value === "integer" && literal.kind === "bare" && /^\d{1,15}$/.test(literal.value))
    return Number(literal.value);
  if (rule.value === "boolean" && literal.kind === "boolean") return literal.value;
  if (rule.value === "string" && literal.kind === "string") {
    if (rule.legal === undefined || rule.legal.includes(literal.value)) return literal.value;
    throw invalidFilter(`'${literal.value}' is not valid for '${field}'. Options: ${rule.legal.join(", ")}.`);
  }
  throw invalidFilter(`The value for '${field}' must be a ${rule.value}.`);
}

/** A13: a moment without an offset is UTC, wherever the simulator runs. */
function zoned(text: string): string {
  return text.includes("T") && !/(?:Z|[+-]\d{2}:\d{2})$/.test(text) ? `${text}Z` : text;
}

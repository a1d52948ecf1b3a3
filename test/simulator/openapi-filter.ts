import { type FilterLiteral, type FilterTerm, parseFilter } from "../../src/simulator/filters/parse-filter.js";

/** The document's `x-klaviyo-filters` of one operation, by field. */
export type FilterRules = Readonly<Record<string, FilterRule>>;

interface FilterRule {
  /** By whether the operator takes one value or a list of them. */
  readonly operators: { readonly single?: readonly string[]; readonly list?: readonly string[] };
  readonly value: { readonly type: string; readonly format?: string; readonly enum?: readonly string[] };
}

/** What is wrong with a filter, in words; it must be of the grammar, and about what the operation can be filtered by. */
export function filterFaults(filter: string, rules: FilterRules): readonly string[] {
  try {
    return parseFilter(filter).flatMap((term) => termFaults(term, rules));
  } catch (error) {
    return [`filter: ${String(error)}`];
  }
}

function termFaults({ field, operator, literal }: FilterTerm, rules: FilterRules): readonly string[] {
  const rule = rules[field];
  if (!rule) return [`filter: ${field} is no field of it`];
  const operators = literal.kind === "list" ? rule.operators.list : rule.operators.single;
  if (!operators?.includes(operator)) return [`filter: ${operator} of ${field} with a ${literal.kind}`];
  const literals = literal.kind === "list" ? literal.value : [literal];
  return literals.filter((item) => !fits(item, rule)).map((item) => `filter: ${field} with ${String(item.value)}`);
}

function fits(literal: FilterLiteral, { value: { type, format, enum: legal } }: FilterRule): boolean {
  switch (literal.kind) {
    case "string":
      return type === "string" && format === undefined && legal?.includes(literal.value) !== false;
    case "boolean":
      return type === "boolean";
    case "bare":
      return type === "integer" || (format === "date-time" && !Number.isNaN(Date.parse(literal.value)));
    case "list":
      return false;
  }
}

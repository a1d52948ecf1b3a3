import type { CheckedTerm } from "./filter-rule.js";

/** A value that filters look at; moments are in milliseconds since the epoch. A list is what `contains-any` asks about. */
export type FilterValue = string | boolean | number | readonly string[];

/** Whether a value is what the term asks for. What has no value is never found. */
export function holds({ operator, values }: CheckedTerm, actual: FilterValue | undefined): boolean {
  if (actual === undefined) return false;
  const [wanted = ""] = values;
  switch (operator) {
    // A13: `equals` with a list asks the same as `any`, and so does `contains-any` of a single value.
    case "equals":
    case "any":
    case "contains-any":
      return values.some((value) => isAmong(value, actual));
    case "contains-all":
      return values.every((value) => isAmong(value, actual));
    case "contains":
      return String(actual).includes(String(wanted));
    case "starts-with":
      return String(actual).startsWith(String(wanted));
    case "ends-with":
      return String(actual).endsWith(String(wanted));
    default:
      return compare(operator, Number(actual), Number(wanted));
  }
}

function isAmong(value: string | boolean | number, actual: FilterValue): boolean {
  return Array.isArray(actual) ? actual.includes(value) : actual === value;
}

function compare(operator: string, actual: number, wanted: number): boolean {
  if (operator === "greater-than") return actual > wanted;
  if (operator === "greater-or-equal") return actual >= wanted;
  return operator === "less-than" ? actual < wanted : actual <= wanted;
}

/**
 * Klaviyo's filter grammar: `op(field,literal)`, joined by `and(...)`. Every string literal goes through {@link quote}, so an
 * argument cannot end its literal and start a clause of its own.
 */
export function equals(field: string, value: string | boolean): string {
  return `equals(${field},${typeof value === "string" ? quote(value) : value})`;
}

export function any(field: string, values: readonly string[]): string {
  return `any(${field},[${values.map(quote).join(",")}])`;
}

export function containsAny(field: string, values: readonly string[]): string {
  return `contains-any(${field},[${values.map(quote).join(",")}])`;
}

export function contains(field: string, value: string): string {
  return `contains(${field},${quote(value)})`;
}

export type Comparison = "greater-than" | "greater-or-equal" | "less-than" | "less-or-equal";

/** Times stand bare in a filter, without quotes. */
export function compare(comparison: Comparison, field: string, time: Date): string {
  return `${comparison}(${field},${time.toISOString()})`;
}

export function and(clauses: readonly string[]): string {
  return clauses.length === 1 ? clauses.join("") : `and(${clauses.join(",")})`;
}

function quote(value: string): string {
  return JSON.stringify(value);
}

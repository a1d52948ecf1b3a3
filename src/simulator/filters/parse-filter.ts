import { FilterReader } from "./filter-reader.js";

/** A literal and how it was written: `created_at` takes a bare one, `name` a quoted one. */
export type FilterLiteral =
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  /** A date, a moment or a number: whatever stands there without quotes. */
  | { readonly kind: "bare"; readonly value: string }
  | { readonly kind: "list"; readonly value: readonly FilterLiteral[] };

export interface FilterTerm {
  readonly operator: string;
  readonly field: string;
  readonly literal: FilterLiteral;
}

/**
 * Reads `op(field,literal)`, `and(a,b)` and `a,b` into the terms that must all hold.
 * Throws a FilterSyntaxError that says where reading stopped.
 */
export function parseFilter(text: string): readonly FilterTerm[] {
  const reader = new FilterReader(text);
  const terms = parseTerms(reader);
  reader.expectEnd();
  return terms;
}

function parseTerms(reader: FilterReader): readonly FilterTerm[] {
  const terms = [...parseTerm(reader)];
  while (reader.takes(",")) terms.push(...parseTerm(reader));
  return terms;
}

function parseTerm(reader: FilterReader): readonly FilterTerm[] {
  const operator = reader.word("an operator");
  reader.expect("(");
  if (operator === "and") return parseGroup(reader);
  const field = reader.word("a field");
  reader.expect(",");
  const literal = parseLiteral(reader);
  reader.expect(")");
  return [{ operator, field, literal }];
}

function parseGroup(reader: FilterReader): readonly FilterTerm[] {
  const terms = parseTerms(reader);
  reader.expect(")");
  return terms;
}

function parseLiteral(reader: FilterReader): FilterLiteral {
  if (reader.takes("[")) return { kind: "list", value: parseList(reader) };
  const quoted = reader.quoted();
  if (quoted !== undefined) return { kind: "string", value: quoted };
  const bare = reader.bare();
  return bare === "true" || bare === "false"
    ? { kind: "boolean", value: bare === "true" }
    : { kind: "bare", value: bare };
}

function parseList(reader: FilterReader): readonly FilterLiteral[] {
  if (reader.takes("]")) return [];
  const items = [parseLiteral(reader)];
  while (reader.takes(",")) items.push(parseLiteral(reader));
  reader.expect("]");
  return items;
}

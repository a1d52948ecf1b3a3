import { Kind, type ValueNode } from "graphql";

export type Variables = Readonly<Record<string, unknown>>;

/** What a value is for these variables. It has not been checked against a type, and need not fit one. */
export function valueOf(value: ValueNode, variables: Variables): unknown {
  switch (value.kind) {
    case Kind.VARIABLE:
      return variables[value.name.value];
    case Kind.LIST:
      return value.values.map((item) => valueOf(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(value.fields.map((field) => [field.name.value, valueOf(field.value, variables)]));
    case Kind.INT:
    case Kind.FLOAT:
      return Number(value.value);
    case Kind.NULL:
      return null;
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return value.value;
  }
}

/** The length of the longest list in a value, however deep: deeper than a function may call itself. */
export function longestListIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  let longest = 0;
  const waiting: unknown[] = [value];
  for (let next = waiting.pop(); waiting.length > 0 || next !== undefined; next = waiting.pop()) {
    if (typeof next !== "object" || next === null) continue;
    if (Array.isArray(next)) longest = Math.max(longest, next.length);
    for (const item of Object.values(next)) if (typeof item === "object") waiting.push(item);
  }
  return longest;
}

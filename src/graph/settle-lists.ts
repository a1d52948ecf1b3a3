import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isAbstractType,
  isListType,
  isObjectType,
} from "graphql";
import { guardForGraphqlJs } from "../compiled/plain-resolver.js";

type Field = GraphQLField<unknown, unknown>;

/**
 * graphql 16 lets go of a list's earlier items when a later one throws at once. Should one of them be rejected after that, nobody
 * hears of it, and Node ends the process: two misshapen campaigns on one page would take running cancels along. Items that are
 * promises never throw at once, and all of them are waited for.
 */
export function settleLists(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      if (isListType(getNullableType(field.type)) && mayWait(field)) guardForGraphqlJs(field, withPromises);
    }
  }
}

/** Whether something below the field may be known later only: what has a resolver of its own, or a type to be found out. */
function mayWait(field: Field, seen: ReadonlySet<Field> = new Set()): boolean {
  const type = getNamedType(field.type);
  if (isAbstractType(type)) return true;
  if (!isObjectType(type)) return false;
  return Object.values(type.getFields()).some(
    (inner) => inner.resolve !== undefined || (!seen.has(inner) && mayWait(inner, new Set([...seen, inner]))),
  );
}

function withPromises(resolve: GraphQLFieldResolver<unknown, unknown>): GraphQLFieldResolver<unknown, unknown> {
  return (...args) => {
    const items: unknown = resolve(...args);
    return items instanceof Promise ? items.then(asPromises) : asPromises(items);
  };
}

function asPromises(items: unknown): unknown {
  return Array.isArray(items) ? items.map((item) => Promise.resolve(item)) : items;
}

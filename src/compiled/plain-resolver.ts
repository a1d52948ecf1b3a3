import { defaultFieldResolver, type GraphQLField, type GraphQLFieldResolver } from "graphql";

type Field = GraphQLField<unknown, unknown>;
export type Resolver = GraphQLFieldResolver<unknown, unknown>;

const PLAIN = new WeakMap<Field, Resolver | undefined>();

/** Puts a guard around a field's resolver that graphql-js needs, and a compiled operation does not. */
export function guardForGraphqlJs(field: Field, guard: (resolve: Resolver) => Resolver): void {
  if (!PLAIN.has(field)) PLAIN.set(field, field.resolve);
  field.resolve = guard(field.resolve ?? defaultFieldResolver);
}

/** The resolver without such guards; undefined where the field is a property of its object. */
export function plainResolverOf(field: Field): Resolver | undefined {
  return PLAIN.has(field) ? PLAIN.get(field) : field.resolve;
}

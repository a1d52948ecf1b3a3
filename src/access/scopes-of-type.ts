import type { GraphQLSchema } from "graphql";
import { Kind } from "graphql";

/** The scopes that an entity's class requires, read from the schema that publishes them; undefined if it requires none. */
export function scopesOfType(schema: GraphQLSchema, typeName: string): readonly string[] | undefined {
  const directive = schema.getType(typeName)?.astNode?.directives?.find(({ name }) => name.value === "requiresScopes");
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== Kind.LIST) return undefined;
  return value.values.map((list) =>
    list.kind === Kind.LIST
      ? list.values.map((scope) => (scope.kind === Kind.STRING ? scope.value : "")).join(" ")
      : "",
  );
}

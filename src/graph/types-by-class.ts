import { type GraphQLAbstractType, type GraphQLSchema, isAbstractType, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";

/**
 * Tells the objects of unions and interfaces by their classes. TypeGraphQL asks each possible type in turn, by way of promises, which a
 * compiled operation does not wait for.
 */
export function resolveTypesByClass(schema: GraphQLSchema): void {
  const names = new Map<unknown, string>(getMetadataStorage().objectTypes.map(({ target, name }) => [target, name]));
  for (const type of Object.values(schema.getTypeMap())) {
    const ask = isAbstractType(type) ? type.resolveType : undefined;
    if (!isAbstractType(type) || !ask) continue;
    type.resolveType = (value, ...call) => {
      const name = names.get(Object(value).constructor);
      return name !== undefined && isPossible(schema, type, name) ? name : ask(value, ...call);
    };
  }
}

function isPossible(schema: GraphQLSchema, type: GraphQLAbstractType, name: string): boolean {
  const object = schema.getType(name);
  return isObjectType(object) && schema.isSubType(type, object);
}

import {
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from "graphql";

/** What a gateway has to accept for such selections: they have hundreds of aliases. */
export const ROOM_FOR_FULL_SELECTIONS: Readonly<Record<string, string>> = {
  GRAPHQL_MAX_ALIASES: "1000",
  GRAPHQL_MAX_HEIGHT: "1000",
  GRAPHQL_MAX_TOKENS: "10000",
  GRAPHQL_MAX_COST: "10000",
};

/** Fields that lead to other entities, as `Type.field`: only those named here are followed. */
export type Follow = ReadonlySet<string>;

/**
 * A selection of all that a type has, each field under the alias `Type_field`, so that an answer says by itself what it holds, and
 * that members of unions do not get in each other's way. Values inside an entity are selected to the last leaf.
 */
export function fullSelection(schema: GraphQLSchema, typeName: string, follow: Follow = new Set()): string {
  const type = schema.getType(typeName);
  const own = isObjectType(type) || isInterfaceType(type) ? fieldsOf(schema, type, follow) : [];
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
  const fragments = members.map((member) => `... on ${member.name} ${fullSelection(schema, member.name, follow)}`);
  return `{ ${["__typename", ...own, ...fragments].join(" ")} }`;
}

/** Whether a field leads from one entity to another. */
export function leadsToEntity(schema: GraphQLSchema, coordinate: string): boolean {
  return isEntity(schema, getNamedType(fieldAt(schema, coordinate).type));
}

/** One field with all that is below it, under its alias. */
export function fullField(schema: GraphQLSchema, coordinate: string, follow: Follow = new Set()): string {
  const { name, type } = fieldAt(schema, coordinate);
  const inner = getNamedType(type);
  return `${aliasOf(coordinate)}: ${name}${isLeafType(inner) ? "" : ` ${fullSelection(schema, inner.name, follow)}`}`;
}

export function aliasOf(coordinate: string): string {
  return coordinate.replace(".", "_");
}

export function fieldAt(schema: GraphQLSchema, coordinate: string): GraphQLField<unknown, unknown> {
  const [typeName = "", fieldName = ""] = coordinate.split(".");
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  if (!field) throw new Error(`The schema has no ${coordinate}.`);
  return field;
}

function fieldsOf(schema: GraphQLSchema, type: GraphQLNamedType, follow: Follow): readonly string[] {
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).flatMap((field) => {
    // What has to be asked something is left to tests of its own.
    if (field.args.some(isRequiredArgument)) return [];
    const owner = type.getInterfaces().find((other) => field.name in other.getFields()) ?? type;
    const coordinate = `${owner.name}.${field.name}`;
    return isEntity(schema, getNamedType(field.type)) && !follow.has(coordinate)
      ? []
      : [fullField(schema, coordinate, follow)];
  });
}

function isEntity(schema: GraphQLSchema, type: GraphQLNamedType): boolean {
  if (!isCompositeType(type)) return false;
  const members = isAbstractType(type) ? schema.getPossibleTypes(type) : [type];
  return members.some((member) => member.astNode?.directives?.some(({ name }) => name.value === "key"));
}

import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { assertAccess } from "../access/check-access.js";
import type { AccessContext } from "../access/identity.js";

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type FieldResolver = ReturnType<typeof getMetadataStorage>["fieldResolvers"][number];
type Parameter = NonNullable<FieldResolver["params"]>[number];

/**
 * Calls resolvers of fields without arguments directly, and reads getters as the properties that they are. TypeGraphQL does it by way
 * of a few promises, containers and copies, which is little for a root field, and for a page of campaigns more than all the rest of
 * its answer.
 */
export function callFieldResolversDirectly(schema: GraphQLSchema, instanceOf: (type: Function) => object): void {
  for (const resolver of getMetadataStorage().fieldResolvers) {
    const parameters = (resolver.params ?? []).toSorted((a, b) => a.index - b.index).map(readParameter);
    const field = fieldOf(schema, resolver);
    if (!field || resolver.middlewares?.length) continue;
    // Without a resolver, a field is the property of its name.
    if (isOpenGetter(resolver)) delete field.resolve;
    if (resolver.kind === "external" && parameters.every((read) => read !== undefined))
      field.resolve = directly(resolver, instanceOf(resolver.target), parameters);
  }
}

/** Whether a field is no more than its class' getter of the same name, for everybody. */
function isOpenGetter({ kind, target, methodName, schemaName, roles }: FieldResolver): boolean {
  const isGetter = Object.getOwnPropertyDescriptor(target.prototype, methodName)?.get !== undefined;
  return kind === "internal" && isGetter && methodName === schemaName && !roles;
}

function fieldOf(schema: GraphQLSchema, { getObjectType, schemaName }: FieldResolver) {
  const target = getObjectType?.();
  const name = getMetadataStorage().objectTypes.find((type) => type.target === target)?.name;
  const type = name === undefined ? undefined : schema.getType(name);
  return isObjectType(type) ? type.getFields()[schemaName] : undefined;
}

function directly(
  { roles, methodName }: FieldResolver,
  instance: object,
  parameters: readonly ((...call: Parameters<Resolver>) => unknown)[],
): Resolver {
  const method: unknown = Reflect.get(instance, methodName);
  if (typeof method !== "function") throw new TypeError(`There is no resolver ${methodName}.`);
  return (source, args, context, info) => {
    if (roles) assertAccess((context as AccessContext).identity, roles);
    const values: unknown[] = [];
    for (const read of parameters) values.push(read(source, args, context, info));
    return method.apply(instance, values);
  };
}

/** How a parameter is had of what graphql-js calls a resolver with; undefined where TypeGraphQL has to convert it. */
function readParameter(parameter: Parameter): ((...call: Parameters<Resolver>) => unknown) | undefined {
  switch (parameter.kind) {
    case "root":
      return parameter.propertyName === undefined ? (source) => source : undefined;
    case "context":
      return parameter.propertyName === undefined ? (_source, _args, context) => context : undefined;
    case "info":
      return (_source, _args, _context, info) => info;
    default:
      return undefined;
  }
}

import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { assertAccess } from "../access/check-access.js";
import type { AccessContext } from "../access/identity.js";
import { validateArguments } from "../input/validate-arguments.js";
import { argumentsObjectOf } from "./arguments-object.js";

type Field = GraphQLField<unknown, unknown>;
type Resolver = GraphQLFieldResolver<unknown, unknown>;
type FieldResolver = ReturnType<typeof getMetadataStorage>["fieldResolvers"][number];
type Method = Pick<FieldResolver, "target" | "methodName" | "params" | "roles" | "middlewares">;
type Parameter = NonNullable<Method["params"]>[number];

/** What has to hold before a resolver is called: that its caller may have it called, and with these arguments. @throws AccessError, InvalidInputError */
export type CheckCall = (args: Readonly<Record<string, unknown>>, context: unknown) => void;

export interface DirectResolversOptions {
  /** The classes whose queries and mutations the schema has. */
  readonly resolvers: readonly Function[];
  readonly instanceOf: (type: Function) => object;
}

/**
 * Calls resolvers directly, and reads getters as the properties that they are. TypeGraphQL does it by way of a few promises, containers
 * and copies, which for a page of campaigns is more than all the rest of its answer.
 * @returns what each of them checks before it is called
 */
export function callResolversDirectly(
  schema: GraphQLSchema,
  { resolvers, instanceOf }: DirectResolversOptions,
): ReadonlyMap<Field, CheckCall> {
  const { queries, mutations, fieldResolvers } = getMetadataStorage();
  const checks = new Map<Field, CheckCall>();
  const call = (field: Field | undefined, method: Method) => {
    const parameters = method.params?.toSorted((a, b) => a.index - b.index).map(readParameter) ?? [];
    if (!field || method.middlewares?.length || !parameters.every((read) => read !== undefined)) return;
    field.resolve = directly(method, instanceOf(method.target), parameters);
    checks.set(field, checkOf(method));
  };
  const ofSchema = ({ target }: Method) => resolvers.includes(target);
  for (const query of queries.filter(ofSchema)) call(schema.getQueryType()?.getFields()[query.schemaName], query);
  for (const mutation of mutations.filter(ofSchema))
    call(schema.getMutationType()?.getFields()[mutation.schemaName], mutation);
  for (const resolver of fieldResolvers) {
    const field = fieldOf(schema, resolver);
    // Without a resolver, a field is the property of its name.
    if (field && isOpenGetter(resolver)) delete field.resolve;
    if (resolver.kind === "external") call(field, resolver);
  }
  return checks;
}

function checkOf({ roles, params = [] }: Method): CheckCall {
  const makers = params.flatMap((one) => (one.kind === "args" ? argumentsOf(one.getType() as Function) : []));
  return (args, context) => {
    if (roles) assertAccess((context as AccessContext).identity, roles);
    for (const make of makers) make(undefined, args);
  };
}

/** Whether a field is no more than its class' getter of the same name, for everybody. */
function isOpenGetter({ kind, target, methodName, schemaName, roles, middlewares }: FieldResolver): boolean {
  const isGetter = Object.getOwnPropertyDescriptor(target.prototype, methodName)?.get !== undefined;
  return kind === "internal" && isGetter && methodName === schemaName && !roles && !middlewares?.length;
}

function fieldOf(schema: GraphQLSchema, { getObjectType, schemaName }: FieldResolver) {
  const target = getObjectType?.();
  const name = getMetadataStorage().objectTypes.find((type) => type.target === target)?.name;
  const type = name === undefined ? undefined : schema.getType(name);
  return isObjectType(type) ? type.getFields()[schemaName] : undefined;
}

function directly(
  { roles, methodName }: Method,
  instance: object,
  parameters: readonly ((...call: Parameters<Resolver>) => unknown)[],
): Resolver {
  const method: unknown = Reflect.get(instance, methodName);
  if (typeof method !== "function") throw new TypeError(`There is no resolver ${methodName}.`);
  // A page of campaigns makes hundreds of these calls: no list is made of the values of each.
  const [first = nothing, second = nothing, third = nothing, ...rest] = parameters;
  if (rest.length > 0) throw new TypeError(`${methodName} has more parameters than a resolver is called with.`);
  return (source, args, context, info) => {
    if (roles) assertAccess((context as AccessContext).identity, roles);
    return method.call(
      instance,
      first(source, args, context, info),
      second(source, args, context, info),
      third(source, args, context, info),
    );
  };
}

/** What a parameter is that a method does not have. */
function nothing(): undefined {}

/** How a parameter is had of what graphql-js calls a resolver with; undefined where TypeGraphQL has to convert it. */
function readParameter(parameter: Parameter): ((...call: Parameters<Resolver>) => unknown) | undefined {
  switch (parameter.kind) {
    case "root":
      return parameter.propertyName === undefined ? (source) => source : undefined;
    case "context":
      return parameter.propertyName === undefined ? (_source, _args, context) => context : undefined;
    case "info":
      return (_source, _args, _context, info) => info;
    case "args":
      return argumentsOf(parameter.getType() as Function);
    default:
      return undefined;
  }
}

/** Arguments are checked here, wherever they come from. @throws InvalidInputError */
function argumentsOf(type: Function): (source: unknown, args: Readonly<Record<string, unknown>>) => object {
  const make = argumentsObjectOf(type);
  return (_source, args) => {
    const object = make(args);
    validateArguments(object);
    return object;
  };
}

import {
  type ArgumentNode,
  type FieldNode,
  getArgumentValues,
  type GraphQLArgument,
  type GraphQLField,
  isNonNullType,
  Kind,
  valueFromAST,
  type ValueNode,
} from "graphql";
import type { Values } from "./coerce-variables.js";

/** @param variables coerced. @throws GraphQLError for a null where none may be */
export type ReadArguments = (variables: Values) => Values;

/** Puts one argument among the others. @returns false where graphql-js has to look at them */
type PutArgument = (values: Record<string, unknown>, variables: Values) => boolean;

/**
 * Prepares a field's arguments to be read, as graphql-js reads them anew each time: what stands in the document is a value once and for all, and
 * what is a variable has been coerced. What is neither, a variable within a list or an object, is left to graphql-js.
 */
export function prepareArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode): ReadArguments {
  const carefully = (variables: Values) => getArgumentValues(definition, node, variables);
  const puts = definition.args.map((argument) => {
    const given = node.arguments?.find(({ name }) => name.value === argument.name);
    return putArgument(argument, given);
  });
  return (variables) => {
    const values: Record<string, unknown> = {};
    for (const put of puts) if (!put(values, variables)) return carefully(variables);
    return values;
  };
}

const leaveToGraphqlJs: PutArgument = () => false;

function putArgument(argument: GraphQLArgument, given: ArgumentNode | undefined): PutArgument {
  if (!given) return putMissing(argument);
  if (given.value.kind === Kind.VARIABLE) return putVariable(argument, given.value.name.value);
  const value = isConstant(given.value) ? valueFromAST(given.value, argument.type) : undefined;
  return value === undefined ? leaveToGraphqlJs : putConstant(argument, value);
}

/** The default, if there is one. */
function putMissing(argument: GraphQLArgument): PutArgument {
  if (argument.defaultValue !== undefined) return putConstant(argument, argument.defaultValue);
  return isNonNullType(argument.type) ? leaveToGraphqlJs : () => true;
}

function putConstant({ name }: GraphQLArgument, value: unknown): PutArgument {
  return (values) => {
    values[name] = value;
    return true;
  };
}

function putVariable(argument: GraphQLArgument, variable: string): PutArgument {
  const { name } = argument;
  const putDefault = putMissing(argument);
  const mayBeNull = !isNonNullType(argument.type);
  return (values, variables) => {
    if (!Object.hasOwn(variables, variable)) return putDefault(values, variables);
    const value = variables[variable];
    values[name] = value;
    return value !== null || mayBeNull;
  };
}

function isConstant(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.every(isConstant);
  if (value.kind === Kind.OBJECT) return value.fields.every((field) => isConstant(field.value));
  return value.kind !== Kind.VARIABLE;
}

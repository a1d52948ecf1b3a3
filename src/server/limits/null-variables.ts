import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { InputFault } from "../../input/invalid-input-error.js";
import { partsOfOperation } from "../../selection/parts-of-operation.js";
import type { Variables } from "./argument-values.js";

/** Variables that are null where null may not be. The operation is refused before anything of it runs. */
export class NullVariablesError extends GraphQLError {
  readonly faults: readonly InputFault[];

  constructor(definitions: readonly VariableDefinitionNode[]) {
    const faults = definitions.map(({ variable: { name } }) => ({
      field: name.value,
      message: messageFor(name.value),
    }));
    const extensions = { code: "BAD_USER_INPUT", http: { status: 400 } };
    super(faults.map(({ message }) => message).join(" "), { nodes: definitions, extensions });
    this.name = "NullVariablesError";
    this.faults = faults;
  }
}

function messageFor(name: string): string {
  return `Variable "$${name}" must not be null: it stands where a value is needed. Leave it out for the default.`;
}

/**
 * Refuses variables that are null in an argument, or in `@skip` or `@include`, which may not be. Where there is a default, validation
 * lets a nullable variable stand there, and it may be null all the same: only execution finds out, when part of it is done.
 * https://spec.graphql.org/October2021/#sec-All-Variable-Usages-are-Allowed.Allowing-optional-variables-when-default-values-exist
 */
export const nullVariablesPlugin: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ schema, document, operation, request }) => {
      const definitions = operation ? nullsOf(operation, request.variables ?? {}) : [];
      if (!operation || definitions.length === 0) return;
      const needed = neededVariables(schema, document, operation);
      const wrong = definitions.filter(({ variable }) => needed.has(variable.name.value));
      if (wrong.length > 0) throw new NullVariablesError(wrong);
    },
  }),
};

/**
 * Looks at an operation once, for all requests with it.
 * @returns whether none of its variables is null where null may not be
 */
export function prepareNullCheck(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): (variables: Variables) => boolean {
  const needed = [...neededVariables(schema, document, operation)];
  return (variables) => needed.every((name) => variables[name] !== null);
}

/** Of those that may be null by their own types: the others are refused by these. */
function nullsOf({ variableDefinitions = [] }: OperationDefinitionNode, variables: Variables) {
  return variableDefinitions.filter(
    ({ variable, type }) => type.kind !== Kind.NON_NULL_TYPE && variables[variable.name.value] === null,
  );
}

/** The variables of an operation that stand in a place which may not be null. */
function neededVariables(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ReadonlySet<string> {
  const needed = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Variable: ({ name }) => void (isNonNullType(types.getInputType()) && needed.add(name.value)),
  });
  for (const part of partsOfOperation(operation, fragmentsOf(document))) visit(part, visitor);
  return needed;
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type VariableDefinitionNode,
} from "graphql";
import type { InputFault } from "../../input/invalid-input-error.js";
import { conditionVariables } from "../../selection/condition-key.js";
import type { Variables } from "./argument-values.js";

/** Variables that are null where `@skip` or `@include` depend on them. The operation is refused before anything of it runs. */
export class NullConditionsError extends GraphQLError {
  readonly faults: readonly InputFault[];

  constructor(definitions: readonly VariableDefinitionNode[]) {
    const faults = definitions.map(({ variable: { name } }) => ({
      field: name.value,
      message: messageFor(name.value),
    }));
    const extensions = { code: "BAD_USER_INPUT", http: { status: 400 } };
    super(faults.map(({ message }) => message).join(" "), { nodes: definitions, extensions });
    this.name = "NullConditionsError";
    this.faults = faults;
  }
}

function messageFor(name: string): string {
  return `Variable "$${name}" must be true or false, not null: @skip or @include depends on it. Leave it out for its default.`;
}

/**
 * Refuses conditions that are null. A variable with a default may stand where null may not, says validation, and be null all the same,
 * says coercion: only execution finds out, on its way.
 * https://spec.graphql.org/October2021/#sec-All-Variable-Usages-are-Allowed.Allowing-optional-variables-when-default-values-exist
 */
export const nullConditionsPlugin: ApolloServerPlugin<BaseContext> = {
  requestDidStart: async () => ({
    didResolveOperation: async ({ document, operation, request }) => {
      if (!operation) return;
      const definitions = nullConditionsOf(document, operation, request.variables ?? {});
      if (definitions.length > 0) throw new NullConditionsError(definitions);
    },
  }),
};

function nullConditionsOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): readonly VariableDefinitionNode[] {
  // What may not be null anywhere is refused by its type.
  const found = (operation.variableDefinitions ?? []).filter(
    ({ variable, type }) => variables[variable.name.value] === null && type.kind !== Kind.NON_NULL_TYPE,
  );
  if (found.length === 0) return found;
  const names = conditionVariables({ operation, fragments: fragmentsOf(document) });
  return found.filter(({ variable }) => names.includes(variable.name.value));
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

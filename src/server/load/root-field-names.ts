import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type OperationTypeNode,
  type SelectionSetNode,
  valueFromASTUntyped,
} from "graphql";
import { isIncluded } from "../../selection/is-included.js";

type Variables = Readonly<Record<string, unknown>>;

/**
 * The fields that an operation runs at its root, by their own names, fragments and conditions followed. The document need not be
 * valid. Empty when no such operation would run.
 */
export function rootFieldNames(
  document: DocumentNode,
  type: `${OperationTypeNode}`,
  operationName: string | undefined,
  variables: Variables,
): ReadonlySet<string> {
  const names = new Set<string>();
  const operation = operationOf(document, operationName);
  if (operation?.operation !== type) return names;
  const given = { ...defaultsOf(operation), ...variables };
  const visited = new Set<string>();
  const collect = (set: SelectionSetNode | undefined): void => {
    for (const node of set?.selections ?? []) {
      // A condition that cannot be told is not going to be executed either.
      if (isIncluded(node, given) !== true) continue;
      if (node.kind === Kind.FIELD) names.add(node.name.value);
      else if (node.kind === Kind.INLINE_FRAGMENT) collect(node.selectionSet);
      else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        collect(fragmentOf(document, node.name.value));
      }
    }
  };
  collect(operation.selectionSet);
  return names;
}

/** https://spec.graphql.org/October2021/#GetOperation() */
function operationOf({ definitions }: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (name !== undefined) return operations.find((operation) => operation.name?.value === name);
  return operations.length === 1 ? operations[0] : undefined;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );
}

function fragmentOf({ definitions }: DocumentNode, name: string): SelectionSetNode | undefined {
  const fragment = definitions.find((node) => node.kind === Kind.FRAGMENT_DEFINITION && node.name.value === name);
  return fragment?.kind === Kind.FRAGMENT_DEFINITION ? fragment.selectionSet : undefined;
}

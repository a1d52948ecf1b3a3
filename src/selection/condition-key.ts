import { type ASTNode, type GraphQLResolveInfo, type OperationDefinitionNode, visit } from "graphql";

/** What of an operation says which of its selections count. */
export type OperationInfo = Pick<GraphQLResolveInfo, "operation" | "fragments" | "variableValues">;

/** The present values of all variables on which a document's selections depend, as a key. */
export function conditionKey(info: OperationInfo): string {
  let key = "";
  for (const name of conditionVariables(info)) key += info.variableValues[name] === true ? "1" : "0";
  return key;
}

const VARIABLES = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The variables that stand in `@skip` or `@include` anywhere in the document, found once for an operation. */
function conditionVariables(info: OperationInfo): readonly string[] {
  const known = VARIABLES.get(info.operation);
  if (known) return known;
  const names = new Set<string>();
  const collect = (node: ASTNode) =>
    visit(node, {
      Directive: (directive) => {
        for (const { value } of directive.arguments ?? []) {
          if (value.kind === "Variable") names.add(value.name.value);
        }
      },
    });
  collect(info.operation);
  for (const fragment of Object.values(info.fragments)) collect(fragment);
  const sorted = [...names].toSorted();
  VARIABLES.set(info.operation, sorted);
  return sorted;
}

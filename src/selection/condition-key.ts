import { type DirectiveNode, type GraphQLResolveInfo, type OperationDefinitionNode, visit } from "graphql";
import { partsOfOperation } from "./parts-of-operation.js";

/** What of an operation says which of its selections count. */
export type OperationInfo = Pick<GraphQLResolveInfo, "operation" | "fragments" | "variableValues">;

/**
 * What the present values of an operation's conditions come to, as a key: the names of all that hold. Two operations of one document
 * may have conditions of their own, and a fragment in common: where their keys are the same, it selects the same.
 */
export function conditionKey(info: OperationInfo): string {
  let key = "";
  for (const name of conditionVariables(info)) if (info.variableValues[name] === true) key += `${name},`;
  return key;
}

/** Whether one of an operation's conditions is null, which is neither true nor false: execution would fail of it. */
export function hasNullCondition(info: OperationInfo): boolean {
  return conditionVariables(info).some((name) => info.variableValues[name] === null);
}

const VARIABLES = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** The variables that stand in `@skip` or `@include` anywhere in an operation and its fragments, found once. */
function conditionVariables({ operation, fragments }: OperationInfo): readonly string[] {
  const known = VARIABLES.get(operation);
  if (known) return known;
  const found = new Set<string>();
  const collect = (directive: DirectiveNode) => variableOf(directive).forEach((name) => found.add(name));
  for (const part of partsOfOperation(operation, fragments)) visit(part, { Directive: collect });
  const names = [...found].toSorted();
  VARIABLES.set(operation, names);
  return names;
}

function variableOf({ name, arguments: given = [] }: DirectiveNode): readonly string[] {
  if (name.value !== "skip" && name.value !== "include") return [];
  return given.flatMap(({ value }) => (value.kind === "Variable" ? value.name.value : []));
}

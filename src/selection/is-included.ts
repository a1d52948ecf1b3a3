import { type DirectiveNode, Kind, type SelectionNode } from "graphql";

export type ConditionValues = Readonly<Record<string, unknown>>;

/**
 * Whether what stands here is selected, by its own `@skip` and `@include`. Undefined where a condition is neither true nor false, as
 * that of a variable which is null: an operation is refused for it before it runs, and who looks sooner has to be on the safe side.
 * @param variables with the defaults of those that are missing
 */
export function isIncluded({ directives }: SelectionNode, variables: ConditionValues): boolean | undefined {
  let isTold = true;
  for (const directive of directives ?? []) {
    const name = directive.name.value;
    if (name !== "skip" && name !== "include") continue;
    const condition = conditionOf(directive, variables);
    if (typeof condition !== "boolean") isTold = false;
    else if (condition === (name === "skip")) return false;
  }
  return isTold ? true : undefined;
}

function conditionOf({ arguments: given }: DirectiveNode, variables: ConditionValues): unknown {
  const value = given?.find(({ name }) => name.value === "if")?.value;
  if (value?.kind === Kind.VARIABLE) return variables[value.name.value];
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

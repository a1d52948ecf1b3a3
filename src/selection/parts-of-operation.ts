import { type FragmentDefinitionNode, type OperationDefinitionNode, visit } from "graphql";

type Part = OperationDefinitionNode | FragmentDefinitionNode;

/** An operation, and the fragments that it spreads, each once. Those that other operations of the document spread are no part of it. */
export function partsOfOperation(
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): ReadonlySet<Part> {
  // Grows while it is walked through.
  const parts = new Set<Part>([operation]);
  for (const part of parts)
    visit(part, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments[name.value];
        if (fragment) parts.add(fragment);
      },
    });
  return parts;
}

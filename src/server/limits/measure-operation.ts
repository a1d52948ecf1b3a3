import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from "graphql";

/** How large an operation is when all its fragments are written out. Fields count as often as they stand there. */
export interface OperationSize {
  /** Fields within fields. */
  readonly depth: number;
  /** All fields. */
  readonly height: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
}

type SelectionSize = Omit<OperationSize, "rootFields"> & { readonly fields: number };

const NOTHING: SelectionSize = { depth: 0, height: 0, fields: 0, aliases: 0, directives: 0 };

/**
 * Measures every operation of a document that need not be valid, and every fragment: one that nothing spreads is looked through by validation
 * all the same. Each fragment is measured once, so that fragments which spread others twice cost no time; and one that spreads itself,
 * which validation refuses, ends there.
 */
export function measureOperations(document: DocumentNode): readonly OperationSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const all: FragmentDefinitionNode[] = [];
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === "FragmentDefinition") all.push(definition);
    if (definition.kind === "OperationDefinition") operations.push(definition);
  }
  for (const fragment of all) fragments.set(fragment.name.value, fragment);
  const sizes = new Map<string, SelectionSize>();
  const measureFragment = (name: string): SelectionSize => {
    const known = sizes.get(name);
    if (known) return known;
    sizes.set(name, NOTHING);
    const fragment = fragments.get(name);
    const size = fragment ? plusDirectives(measure(fragment.selectionSet), fragment) : NOTHING;
    sizes.set(name, size);
    return size;
  };
  const measure = (set: SelectionSetNode | undefined): SelectionSize =>
    (set?.selections ?? []).reduce((total, node) => {
      const inner = node.kind === "FragmentSpread" ? measureFragment(node.name.value) : measure(node.selectionSet);
      return sum(total, plusDirectives(node.kind === "Field" ? asField(inner, node.alias !== undefined) : inner, node));
    }, NOTHING);
  const ofOperations = operations.map((operation) => {
    const { fields: rootFields, ...size } = plusDirectives(measure(operation.selectionSet), operation);
    const ofVariables = (operation.variableDefinitions ?? []).flatMap(({ directives = [] }) => directives).length;
    return { ...size, rootFields, directives: size.directives + ofVariables };
  });
  // Several may have one name, which validation finds out at its end.
  const ofFragments = all.map((fragment) => plusDirectives(measure(fragment.selectionSet), fragment));
  return [...ofOperations, ...ofFragments.map((size) => ({ ...size, rootFields: 0 }))];
}

function asField({ depth, height, aliases, directives }: SelectionSize, hasAlias: boolean): SelectionSize {
  return { depth: depth + 1, height: height + 1, fields: 1, aliases: aliases + (hasAlias ? 1 : 0), directives };
}

function plusDirectives(size: SelectionSize, node: { readonly directives?: readonly unknown[] }): SelectionSize {
  return { ...size, directives: size.directives + (node.directives?.length ?? 0) };
}

function sum(a: SelectionSize, b: SelectionSize): SelectionSize {
  return {
    depth: Math.max(a.depth, b.depth),
    height: a.height + b.height,
    fields: a.fields + b.fields,
    aliases: a.aliases + b.aliases,
    directives: a.directives + b.directives,
  };
}

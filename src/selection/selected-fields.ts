import {
  type FieldNode,
  getDirectiveValues,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** Where to look below the resolved field. */
export interface SelectionPlace {
  /** Field names to walk down first, such as `edges`, `node`. */
  readonly path?: readonly string[];
  /** Where the resolved field is of an abstract type: only what fragments on this type (or on none) select counts. */
  readonly onType?: string;
}

/**
 * The names of the fields that an operation selects below the field being resolved: through fragments, whatever their aliases,
 * without those that `@skip` or `@include` leave out for the present variables. It is what a sparse fieldset is made of.
 */
export function selectedFields(info: GraphQLResolveInfo, place: SelectionPlace = {}): ReadonlySet<string> {
  let fields = children(info.fieldNodes, info, place.onType);
  for (const name of place.path ?? []) fields = children(fields.filter(isNamed(name)), info);
  return new Set(fields.map((field) => field.name.value));
}

function isNamed(name: string): (field: FieldNode) => boolean {
  return (field) => field.name.value === name;
}

function children(parents: readonly FieldNode[], info: GraphQLResolveInfo, onType?: string): FieldNode[] {
  return parents.flatMap((field) => flatten(field.selectionSet, info, onType));
}

function flatten(set: SelectionSetNode | undefined, info: GraphQLResolveInfo, onType?: string): FieldNode[] {
  const selected = (set?.selections ?? []).filter((node) => isIncluded(node, info));
  return selected.flatMap((node) => {
    if (node.kind === "Field") return [node];
    const fragment = node.kind === "FragmentSpread" ? info.fragments[node.name.value] : node;
    return applies(fragment?.typeCondition?.name.value, onType) ? flatten(fragment?.selectionSet, info, onType) : [];
  });
}

function applies(condition: string | undefined, onType: string | undefined): boolean {
  return condition === undefined || onType === undefined || condition === onType || condition === "_Entity";
}

function isIncluded(node: SelectionNode, info: GraphQLResolveInfo): boolean {
  if (!node.directives?.length) return true;
  if (getDirectiveValues(GraphQLSkipDirective, node, info.variableValues)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, info.variableValues)?.["if"] !== false;
}

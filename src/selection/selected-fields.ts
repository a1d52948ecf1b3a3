import { type FieldNode, type GraphQLResolveInfo, isAbstractType, isObjectType, type SelectionSetNode } from "graphql";
import { isIncluded } from "./is-included.js";

/** Where to look below the resolved field. */
export interface SelectionPlace {
  /** Ways to walk down first, by field names: a connection's are `nodes` and `edges`, `node`. None: look right below. */
  readonly paths?: readonly (readonly string[])[];
  /** Where the resolved field is of an abstract type: only what is selected for this type counts. */
  readonly onType?: string;
}

/**
 * The fields that an operation selects at a place below the field being resolved: through fragments, whatever their aliases,
 * without those that `@skip` or `@include` leave out for the present variables.
 */
export function fieldsAt(info: GraphQLResolveInfo, { paths = [[]], onType }: SelectionPlace): readonly FieldNode[] {
  const top = fieldsBelow(info.fieldNodes, info, onType);
  return paths.flatMap((path) => path.reduce((fields, name) => fieldsBelow(fields.filter(isNamed(name)), info), top));
}

/** The fields selected right below the given ones. */
export function fieldsBelow(
  parents: readonly FieldNode[],
  info: GraphQLResolveInfo,
  onType?: string,
): readonly FieldNode[] {
  return parents.flatMap((field) => flatten(field.selectionSet, info, onType));
}

/** Whether a field of this name is selected right below the one being resolved. */
export function isSelected(info: GraphQLResolveInfo, name: string): boolean {
  return fieldsAt(info, {}).some(isNamed(name));
}

function isNamed(name: string): (field: FieldNode) => boolean {
  return (field) => field.name.value === name;
}

function flatten(set: SelectionSetNode | undefined, info: GraphQLResolveInfo, onType?: string): readonly FieldNode[] {
  const selected = (set?.selections ?? []).filter((node) => isIncluded(node, info.variableValues) !== false);
  return selected.flatMap((node) => {
    if (node.kind === "Field") return [node];
    const fragment = node.kind === "FragmentSpread" ? info.fragments[node.name.value] : node;
    return applies(fragment?.typeCondition?.name.value, onType, info)
      ? flatten(fragment?.selectionSet, info, onType)
      : [];
  });
}

/** Whether what a fragment selects can be of `onType`: it is on that type, or on an interface or union that the type belongs to. */
function applies(condition: string | undefined, onType: string | undefined, { schema }: GraphQLResolveInfo): boolean {
  if (condition === undefined || onType === undefined || condition === onType) return true;
  const [abstract, type] = [schema.getType(condition), schema.getType(onType)];
  return isAbstractType(abstract) && isObjectType(type) && schema.isSubType(abstract, type);
}

import {
  type ASTNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLSchema,
  isCompositeType,
  isObjectType,
  type GraphQLCompositeType,
  type OperationDefinitionNode,
  type SelectionSetNode,
  visit,
} from "graphql";
import { CALL_COSTS, type CallCost, ENTITY_COSTS, LIST_SIZES, type ListSize } from "../../graph/call-costs.js";
import { isIncluded } from "../../selection/is-included.js";
import { type Variables, valueOf } from "./argument-values.js";

/** What has been estimated of an operation. */
export interface CallEstimate {
  /** Klaviyo calls that it may cause. */
  readonly calls: number;
  /** The largest that it asks a list for. */
  readonly largestPage: PageAsked | undefined;
  readonly representations: number;
}

/** How many items a list is asked for, and where. */
export interface PageAsked {
  readonly field: string;
  readonly argument: string;
  readonly size: number;
  /** The most that the field itself accepts. */
  readonly maximum: number;
}

/** One field for all that are merged into it, in one place of the operation. */
interface Step {
  /** The first of its nodes: in a valid document all have its name and arguments. */
  readonly node: FieldNode;
  /** All of its nodes. Each has conditions of its own: the field is there if one of them is. */
  readonly nodes: readonly FieldNode[];
  /** The object type that a fragment names, where the parent is of several types. */
  readonly onType: string | undefined;
  readonly cost: CallCost | undefined;
  readonly list: ListSize | undefined;
  readonly steps: readonly Step[];
}

/** Estimates one operation for given variables. It has looked at the document once, so that each request costs little. */
export type Estimator = (variables: Variables) => CallEstimate;

/** @param document valid, and within the limits that do not depend on variables */
export function createEstimator(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): Estimator {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions)
    if (definition.kind === "FragmentDefinition") fragments.set(definition.name.value, definition);
  const root = schema.getRootType(operation.operation);
  const steps = root ? stepsOf({ schema, fragments }, root, [operation.selectionSet]) : [];
  const defaults = new Map(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueOf(defaultValue, {})] as const] : [],
    ),
  );
  const estimateFor = (given: Variables) => estimate(steps, { ...Object.fromEntries(defaults), ...given });
  return asBefore([...variablesOf(steps)], estimateFor);
}

/** What is asked for with the same sizes as last time is not estimated again; with none that vary, never. */
function asBefore(names: readonly string[], estimateFor: Estimator): Estimator {
  let last: { readonly sizes: readonly unknown[]; readonly estimate: CallEstimate } | undefined;
  return (given) => {
    if (last && names.every((name, at) => last?.sizes[at] === given[name])) return last.estimate;
    const estimate = estimateFor(given);
    const sizes = names.map((name) => given[name]);
    // Anything else may be as large as a request.
    if (sizes.every(isSmall)) last = { sizes, estimate };
    return estimate;
  };
}

function isSmall(value: unknown): boolean {
  return value === undefined || value === null || typeof value === "number" || typeof value === "boolean";
}

/** The variables that an estimate depends on. */
function variablesOf(steps: readonly Step[]): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (node: ASTNode) => visit(node, { Variable: ({ name }) => void names.add(name.value) });
  const add = ({ node, nodes, cost, list, steps: inner }: Step): void => {
    for (const directive of nodes.flatMap(({ directives = [] }) => directives)) collect(directive);
    const counted = [cost?.forEach, list?.argument, "representations"];
    for (const argument of node.arguments ?? []) if (counted.includes(argument.name.value)) collect(argument);
    inner.forEach(add);
  };
  steps.forEach(add);
  return names;
}

interface Place {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

function stepsOf(place: Place, parent: GraphQLCompositeType, sets: readonly SelectionSetNode[]): readonly Step[] {
  const merged = new Map<string, { readonly type: GraphQLCompositeType; readonly nodes: FieldNode[] }>();
  for (const set of sets) collect(place, parent, set, merged, new Set());
  return [...merged.values()].map(({ type, nodes }) => stepOf(place, parent, type, nodes));
}

/**
 * Fields of one answer key on one type are one field, as in execution. What no variable can bring in is left out. Variables in conditions of
 * fragments are not looked at, and what stands below a field counts for each of its nodes: an estimate may be too high, never too low.
 */
function collect(
  place: Place,
  type: GraphQLCompositeType,
  set: SelectionSetNode,
  merged: Map<string, { readonly type: GraphQLCompositeType; readonly nodes: FieldNode[] }>,
  seen: Set<string>,
): void {
  for (const node of set.selections) {
    if (isIncluded(node, {}) === false) continue;
    if (node.kind === "Field") {
      const key = `${type.name}.${node.alias?.value ?? node.name.value}`;
      const entry = merged.get(key) ?? { type, nodes: [] };
      entry.nodes.push(node);
      merged.set(key, entry);
      continue;
    }
    if (node.kind === "FragmentSpread" && seen.has(`${type.name} ${node.name.value}`)) continue;
    if (node.kind === "FragmentSpread") seen.add(`${type.name} ${node.name.value}`);
    const fragment = node.kind === "FragmentSpread" ? place.fragments.get(node.name.value) : node;
    const condition = fragment?.typeCondition && place.schema.getType(fragment.typeCondition.name.value);
    if (fragment)
      collect(
        place,
        narrower(type, isCompositeType(condition) ? condition : type),
        fragment.selectionSet,
        merged,
        seen,
      );
  }
}

/** An object type inside an interface is still that type. */
function narrower(type: GraphQLCompositeType, condition: GraphQLCompositeType): GraphQLCompositeType {
  return isObjectType(type) ? type : condition;
}

function stepOf(
  place: Place,
  parent: GraphQLCompositeType,
  type: GraphQLCompositeType,
  nodes: readonly FieldNode[],
): Step {
  const node = nodes[0] as FieldNode;
  const coordinate = `${type.name}.${node.name.value}`;
  const field = "getFields" in type ? type.getFields()[node.name.value] : undefined;
  const inner = field && getNamedType(field.type);
  const sets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  return {
    node,
    nodes,
    onType: type === parent ? undefined : type.name,
    cost: Object.hasOwn(CALL_COSTS, coordinate) ? CALL_COSTS[coordinate] : undefined,
    list: Object.hasOwn(LIST_SIZES, coordinate) ? LIST_SIZES[coordinate] : undefined,
    steps: isCompositeType(inner) ? stepsOf(place, inner, sets) : [],
  };
}

function estimate(steps: readonly Step[], variables: Variables): CallEstimate {
  const found = { calls: 0, largestPage: undefined as PageAsked | undefined, representations: 0 };
  const add = (step: Step, objects: number, sized: (ListSize & { readonly size: number }) | undefined): void => {
    if (step.nodes.every((node) => isIncluded(node, variables) === false)) return;
    if (step.node.name.value === "_entities") return addEntities(step);
    found.calls += callsFor(step.cost, objects, step.node, variables);
    const inPage = sized?.fields?.includes(step.node.name.value) ?? false;
    const asked = step.list && pageAsked(step.list, step.node, variables);
    if (asked && asked.size > (found.largestPage?.size ?? 0)) found.largestPage = asked;
    // What is more than the field accepts is refused by it, and causes no calls.
    const size = step.list && (asked ? Math.min(asked.size, asked.maximum) : step.list.assumed);
    const holds = inPage ? (sized?.size ?? 1) : step.list && !step.list.fields ? (size ?? 1) : 1;
    const page = step.list?.fields && size !== undefined ? { ...step.list, size } : undefined;
    for (const inner of step.steps) add(inner, objects * holds, page);
  };
  const addEntities = (step: Step): void => {
    const counts = countByType(listOf(argumentOf(step.node, "representations", variables)));
    found.representations += [...counts.values()].reduce((total, count) => total + count, 0);
    for (const [type, count] of counts) found.calls += callsFor(costOfEntity(type), count, step.node, variables);
    for (const inner of step.steps) add(inner, inner.onType ? (counts.get(inner.onType) ?? 0) : 0, undefined);
  };
  for (const step of steps) add(step, 1, undefined);
  return found;
}

function callsFor(cost: CallCost | undefined, objects: number, node: FieldNode, variables: Variables): number {
  if (!cost) return 0;
  const items = cost.forEach ? argumentOf(node, cost.forEach, variables) : undefined;
  return Math.ceil(objects / (cost.batch ?? 1)) * cost.calls * (Array.isArray(items) ? items.length : 1);
}

/** The type is the sender's word: `constructor` is one of those that every object would answer for. */
function costOfEntity(type: string): CallCost {
  return (Object.hasOwn(ENTITY_COSTS, type) ? ENTITY_COSTS[type] : undefined) ?? { calls: 1 };
}

/** Undefined where nobody can say how many. */
function pageAsked(list: ListSize, node: FieldNode, variables: Variables): PageAsked | undefined {
  const { argument, assumed, maximum = Infinity } = list;
  if (!argument) return undefined;
  const asked = argumentOf(node, argument, variables);
  const size = typeof asked === "number" && asked >= 0 ? asked : assumed;
  return { field: node.name.value, argument, size, maximum };
}

function argumentOf(node: FieldNode, name: string, variables: Variables): unknown {
  const argument = node.arguments?.find((candidate) => candidate.name.value === name);
  return argument && valueOf(argument.value, variables);
}

/** What is given in place of a list is a list of it. https://spec.graphql.org/October2021/#sec-List.Input-Coercion */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function countByType(representations: readonly unknown[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const item of representations) {
    const typename: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "__typename") : "";
    // What is no text is no type. Making it one could call what the sender has put in its place.
    const type = typeof typename === "string" ? typename : "";
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return counts;
}

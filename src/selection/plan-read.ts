import type { FieldNode, GraphQLResolveInfo } from "graphql";
import type { IncludedQuery, ResourceQuery } from "../klaviyo/resource-query.js";
import { conditionKey } from "./condition-key.js";
import type { ResourceShape } from "./resource-shapes.js";
import { fieldsAt, fieldsBelow, type SelectionPlace } from "./selected-fields.js";

/**
 * From what an operation selects below the field being resolved to the one read that brings it: sparse fieldsets and `include`.
 * It is computed once for a document and the present values of its `@skip` and `@include` variables, and then looked up.
 */
export function planRead(info: GraphQLResolveInfo, shape: ResourceShape, place: SelectionPlace = {}): ResourceQuery {
  const [fieldNode] = info.fieldNodes;
  if (!fieldNode) return { type: shape.type, attributes: [], include: {} };
  const plans = PLANS.get(fieldNode) ?? new Map<string, ResourceQuery>();
  PLANS.set(fieldNode, plans);
  const key = `${shape.type} ${JSON.stringify(place)} ${conditionKey(info)}`;
  const known = plans.get(key);
  if (known) return known;
  const plan = makePlan(info, shape, place);
  plans.set(key, plan);
  return plan;
}

/** By the field's first node, which lives as long as its document does. */
const PLANS = new WeakMap<FieldNode, Map<string, ResourceQuery>>();

function makePlan(info: GraphQLResolveInfo, shape: ResourceShape, place: SelectionPlace): ResourceQuery {
  const fields = fieldsAt(info, place);
  const include = Object.entries(shape.relationships).flatMap(([fieldName, relationship]) => {
    const nodes = fields.filter((field) => field.name.value === fieldName);
    if (nodes.length === 0) return [];
    const included: IncludedQuery = {
      type: relationship.shape.type,
      attributes: attributesOf(relationship.shape, fieldsBelow(nodes, info)),
    };
    return [[relationship.name, included] as const];
  });
  return { type: shape.type, attributes: attributesOf(shape, fields), include: Object.fromEntries(include) };
}

function attributesOf(shape: ResourceShape, fields: readonly FieldNode[]): readonly string[] {
  const attributes = fields.flatMap((field) => shape.attributes[field.name.value] ?? []);
  return [...new Set(attributes)].toSorted();
}

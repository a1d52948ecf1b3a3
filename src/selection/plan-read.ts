import type { FieldNode, GraphQLResolveInfo } from "graphql";
import { LRUCache } from "lru-cache";
import type { IncludedQuery, ResourceQuery } from "../klaviyo/resource-query.js";
import { atMost } from "../resilience/at-most.js";
import { conditionKey } from "./condition-key.js";
import type { ResourceShape } from "./resource-shapes.js";
import { fieldsAt, fieldsBelow, type SelectionPlace } from "./selected-fields.js";

/** Where most look: right below the field being resolved. */
const HERE: SelectionPlace = {};

/** Each `@skip` or `@include` by a variable doubles what a field can be planned for. */
const REMEMBERED_PLANS = 16;
/** Of all fields together: one takes some 2 KB, with what is written of it on the wire. A short document may have hundreds. */
const ALL_REMEMBERED_PLANS = 10_000;

/**
 * From what an operation selects below the field being resolved to the one read that brings it: sparse fieldsets and `include`.
 * It is computed once for a field of a document and the present values of its `@skip` and `@include` variables, and then looked up.
 */
export function planRead(info: GraphQLResolveInfo, shape: ResourceShape, place: SelectionPlace = HERE): ResourceQuery {
  const plans = plansFor(info.fieldNodes, shape);
  const key = keyOf(place) + conditionKey(info);
  const known = plans.get(key);
  if (known) return known;
  const plan = makePlan(info, shape, place);
  remember(plans, key, plan);
  return plan;
}

type Plans = Map<string, ResourceQuery>;

/**
 * By the field's one node, which lives as long as its document does. Where several nodes are one field, each may be part of others as
 * well, through a fragment: theirs are kept by the list of them, which is one for all objects that a request resolves the field on.
 */
const PLANS = new WeakMap<FieldNode | readonly FieldNode[], Map<ResourceShape, Plans>>();

function plansFor(fieldNodes: readonly FieldNode[], shape: ResourceShape): Plans {
  const [first] = fieldNodes;
  const field = first && fieldNodes.length === 1 ? first : fieldNodes;
  let byShape = PLANS.get(field);
  if (!byShape) PLANS.set(field, (byShape = new Map()));
  let plans = byShape.get(shape);
  if (!plans) byShape.set(shape, (plans = new Map()));
  return plans;
}

/** Where each plan is remembered. Nothing is asked of it, so that the oldest makes room: to plan anew costs less than to keep count. */
const REMEMBERED = new LRUCache<ResourceQuery, { readonly plans: Plans; readonly key: string }>({
  ...atMost(ALL_REMEMBERED_PLANS),
  disposeAfter: ({ plans, key }) => void plans.delete(key),
});

/** How many plans are remembered at present. */
export function rememberedPlans(): number {
  return REMEMBERED.size;
}

function remember(plans: Plans, key: string, plan: ResourceQuery): void {
  const [oldest] = plans.values();
  if (oldest && plans.size >= REMEMBERED_PLANS) REMEMBERED.delete(oldest);
  plans.set(key, plan);
  REMEMBERED.set(plan, { plans, key });
}

const KEYS = new WeakMap<SelectionPlace, string>([[HERE, ""]]);

/** Places are mostly constants, each with a key that is made once. */
function keyOf(place: SelectionPlace): string {
  const known = KEYS.get(place);
  if (known !== undefined) return known;
  const key = JSON.stringify(place);
  KEYS.set(place, key);
  return key;
}

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

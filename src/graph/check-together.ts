import { type GraphQLField, type GraphQLResolveInfo, type GraphQLSchema, locatedError } from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import { getArgumentValues } from "graphql/execution/values.js";
import type { CheckCall } from "./direct-resolvers.js";

type Field = GraphQLField<unknown, unknown>;

/**
 * Has all mutations of an operation checked before the first of them is begun. An error of a mutation leaves no `data`, so that one that must not be
 * run would take along what has become of those before it, such as of a cancel that has stopped a campaign.
 */
export function checkMutationsTogether(schema: GraphQLSchema, checks: ReadonlyMap<Field, CheckCall>): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { resolve } = field;
    if (!resolve) continue;
    field.resolve = (source, args, context, info) => {
      checkThoseAfter(info, checks, context);
      return resolve(source, args, context, info);
    };
  }
}

/** Only the first one looks ahead: it is checked itself when it is called, and so is each of the others. @throws GraphQLError at the place of what is wrong */
function checkThoseAfter(
  { schema, fragments, operation, variableValues, parentType, fieldNodes }: GraphQLResolveInfo,
  checks: ReadonlyMap<Field, CheckCall>,
  context: unknown,
): void {
  const [only, another] = operation.selectionSet.selections;
  // Nearly always: there are no others.
  if (only === fieldNodes[0] && !another) return;
  const all = collectFields(schema, fragments, variableValues, parentType, operation.selectionSet);
  const [first, ...later] = all;
  if (first?.[1][0] !== fieldNodes[0]) return;
  for (const [key, nodes] of later) {
    const [node] = nodes;
    const field = node && parentType.getFields()[node.name.value];
    const check = field && checks.get(field);
    if (!check) continue;
    try {
      check(getArgumentValues(field, node, variableValues), context);
    } catch (error) {
      throw locatedError(error, nodes, [key]);
    }
  }
}

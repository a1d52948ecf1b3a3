import { type GraphQLLeafType, isEnumType } from "graphql";
import { isoTextOf } from "./iso-text.js";
import { LEAF_TESTS } from "./leaf-tests.js";
import type { Complete } from "./run.js";

/**
 * How values of a leaf type become what stands in the answer. Only what is of the type already is let through: where GraphQL
 * would convert or complain, graphql-js does.
 */
export function completeLeaf(type: GraphQLLeafType): Complete {
  const test = LEAF_TESTS.get(type);
  if (test) return (value, run) => (test(value) ? value : run.leave());
  if (!isEnumType(type))
    return (value, run) => (value instanceof Error ? undefined : plain(type.serialize(value))) ?? run.leave();
  const names = new Map(type.getValues().map(({ value, name }) => [value, name]));
  return (value, run) => names.get(value) ?? run.leave();
}

/** A date as JSON has it: one object that says itself how it is written makes the writing of all others slow. */
function plain(serialized: unknown): unknown {
  return serialized instanceof Date ? isoTextOf(serialized) : serialized;
}

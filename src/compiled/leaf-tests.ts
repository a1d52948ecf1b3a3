import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, type GraphQLNamedType, GraphQLString } from "graphql";

/** Whether a value is of a type as it stands, so that neither coming in nor going out there is anything to convert. */
export type LeafTest = (value: unknown) => boolean;

const isText: LeafTest = (value) => typeof value === "string";

/** For GraphQL's own scalars. */
export const LEAF_TESTS: ReadonlyMap<GraphQLNamedType, LeafTest> = new Map<GraphQLNamedType, LeafTest>([
  [GraphQLString, isText],
  [GraphQLID, isText],
  [GraphQLBoolean, (value) => typeof value === "boolean"],
  [GraphQLFloat, (value) => Number.isFinite(value)],
  [GraphQLInt, (value) => typeof value === "number" && (value | 0) === value],
]);

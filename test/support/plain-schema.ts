import { buildSchema, type GraphQLSchema } from "graphql";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";

const DIRECTIVES =
  "directive @key(fields: String!) on OBJECT directive @shareable on OBJECT directive @cost(weight: Int!) on FIELD_DEFINITION " +
  "directive @authenticated on FIELD_DEFINITION | OBJECT " +
  "directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT " +
  "directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean) on FIELD_DEFINITION";

/** The gateway's schema as a tool reads it that knows nothing of federation. */
export function buildPlainSchema(): GraphQLSchema {
  return buildSchema(`${DIRECTIVES} ${printGatewaySdl().replace(/^extend schema @link\(.*\)$/m, "")}`);
}

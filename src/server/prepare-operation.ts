import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { type CoerceVariables, prepareVariables, type Values } from "../compiled/coerce-variables.js";
import { CompiledOperation } from "../compiled/compiled-operation.js";
import type { CompiledShapes } from "../compiled/compiled-shapes.js";
import { type CheckLimits, prepareLimits } from "./limits/limits-plugin.js";
import { prepareNullCheck } from "./limits/null-variables.js";
import type { OperationLimits } from "./limits/operation-limits.js";

/** An operation that Apollo Server has found fit to be run. */
export interface FitOperation {
  /** Its own, in this process. */
  readonly number: number;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** All that of an operation is the same for each request. */
export interface PreparedOperation {
  readonly number: number;
  readonly isQuery: boolean;
  readonly checkLimits: CheckLimits;
  readonly areNullsInPlace: (variables: Values) => boolean;
  readonly coerce: CoerceVariables;
  readonly compiled: CompiledOperation;
}

/** What operations are prepared against. */
export interface PreparationOptions {
  readonly schema: GraphQLSchema;
  readonly limits: OperationLimits;
}

/** Prepares an operation for all requests to come. @returns null where it has to go the careful way for good */
export function prepareOperation(
  { number, document, operation }: FitOperation,
  { schema, limits }: PreparationOptions,
  shapes: CompiledShapes,
): PreparedOperation | null {
  try {
    return {
      number,
      isQuery: operation.operation === "query",
      areNullsInPlace: prepareNullCheck(schema, document, operation),
      checkLimits: prepareLimits({ schema, document, operation }, limits),
      coerce: prepareVariables(schema, operation),
      compiled: new CompiledOperation(schema, document, operation, shapes),
    };
  } catch {
    return null;
  }
}

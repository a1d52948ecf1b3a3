import type { ApolloServerPlugin } from "@apollo/server";
import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { longestListIn, type Variables } from "./argument-values.js";
import { type CallEstimate, createEstimator, type Estimator, type PageAsked } from "./call-estimate.js";
import { isLimitCode, LimitError } from "./limit-error.js";
import { listTooLong } from "./limits-rule.js";
import type { OperationLimits } from "./operation-limits.js";

/** Holds a valid operation to the limits that depend on its variables, before anything of it runs. */
export function createLimitsPlugin(limits: OperationLimits): ApolloServerPlugin {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request }) => {
        if (!operation) return;
        const excess = excessOf(measuresFor({ schema, document, operation }), request.variables ?? {}, limits);
        if (excess) throw excess;
      },
      willSendResponse: async ({ response: { body } }) => {
        if (body.kind !== "single") return;
        // What else is wrong with a document that is too large is nobody's business, and each excess is told once.
        const excesses = (body.singleResult.errors ?? []).filter(({ extensions }) => isLimitCode(extensions?.["code"]));
        const told = new Map(excesses.map((excess) => [excess.message, excess]));
        if (told.size > 0) body.singleResult.errors = [...told.values()];
      },
    }),
  };
}

interface ValidOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

/** @returns what is too much about an operation with these variables, as they were sent */
export type CheckLimits = (variables: Variables) => LimitError | undefined;

/** Looks at an operation once, for all requests with it. */
export function prepareLimits(operation: ValidOperation, limits: OperationLimits): CheckLimits {
  const measures = measuresFor(operation);
  return (variables) => excessOf(measures, variables, limits);
}

function excessOf(measures: Measures, variables: Variables, limits: OperationLimits): LimitError | undefined {
  return excessOfLists(measures, variables, limits) ?? excessOfCalls(measures.estimate(variables), limits);
}

/** What an operation is looked at for once. */
interface Measures {
  readonly estimate: Estimator;
  /** Of lists in each variable; those of representations have a limit of their own. */
  readonly lists: readonly { readonly variable: string; readonly limit: "listSize" | "representations" }[];
}

const MEASURES = new WeakMap<OperationDefinitionNode, Measures>();

function measuresFor({ schema, document, operation }: ValidOperation): Measures {
  const known = MEASURES.get(operation);
  if (known) return known;
  const lists = (operation.variableDefinitions ?? []).map(({ variable, type }) => ({
    variable: variable.name.value,
    limit: JSON.stringify(type).includes('"_Any"') ? ("representations" as const) : ("listSize" as const),
  }));
  const measures = { estimate: createEstimator(schema, document, operation), lists };
  MEASURES.set(operation, measures);
  return measures;
}

function excessOfLists({ lists }: Measures, variables: Variables, limits: OperationLimits): LimitError | undefined {
  for (const { variable, limit } of lists) {
    const actual = longestListIn(variables[variable]);
    if (actual > limits[limit]) return listTooLong(`$${variable}`, limits[limit], actual);
  }
  return undefined;
}

function excessOfCalls(estimate: CallEstimate, limits: OperationLimits): LimitError | undefined {
  const { calls: actual, largestPage, representations } = estimate;
  if (representations > limits.representations) return tooManyRepresentations(limits.representations, representations);
  if (largestPage && largestPage.size > limits.listSize) return pageTooLarge(largestPage, limits.listSize);
  if (actual <= limits.cost) return undefined;
  const words = { what: "Klaviyo calls that this may cause", wayOut: "Ask for fewer at a time." };
  return new LimitError({ code: "COST_ESTIMATED_TOO_EXPENSIVE", ...words, limit: limits.cost, actual });
}

function tooManyRepresentations(limit: number, actual: number): LimitError {
  const words = { what: "representations", wayOut: "Send fewer at a time." };
  return new LimitError({ code: "MAX_LIST_SIZE_LIMIT", ...words, limit, actual });
}

/** Whoever kept to a limit that the list itself does not permit would be refused once more. */
function pageTooLarge({ field, argument, size: actual, maximum }: PageAsked, permitted: number): LimitError {
  const words = {
    what: `items asked for by \`${argument}\` of \`${field}\``,
    wayOut: "Ask for the rest with `after`.",
  };
  return new LimitError({ code: "MAX_LIST_SIZE_LIMIT", ...words, limit: Math.min(permitted, maximum), actual });
}

import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  NoUnusedVariablesRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import { NotCompilableError } from "../../src/compiled/compile-selection.js";
import { CompiledOperation } from "../../src/compiled/compiled-operation.js";
import { rememberRootResults, type RootResults, withRootResults } from "../../src/compiled/root-results.js";
import { DOCUMENTS, randomSchema } from "./random-graph.js";

const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);

interface Run {
  readonly answer: string;
  readonly wasLeft: boolean;
  readonly calls: readonly string[];
}

/** Counts which root fields are resolved. */
function countCalls(schema: GraphQLSchema): string[] {
  const calls: string[] = [];
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      const { resolve } = field;
      field.resolve = (source, args, context, info) => {
        calls.push(`${field.name} ${JSON.stringify(args)}`);
        return resolve?.(source, args, context, info);
      };
    }
  }
  return calls;
}

async function interpreted(schema: GraphQLSchema, document: DocumentNode, variableValues: object): Promise<Run> {
  const calls = countCalls(schema);
  const result = await execute({ schema, document, contextValue: {}, variableValues: { ...variableValues } });
  return { answer: JSON.stringify(result), wasLeft: false, calls };
}

/** As the server does it: compiled, and where that leads nowhere, by graphql-js from what has been resolved. */
async function compiled(schema: GraphQLSchema, document: DocumentNode, variableValues: object): Promise<Run> {
  const calls = countCalls(schema);
  rememberRootResults(schema);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("There is no operation.");
  const results: RootResults = new Map();
  const data = await new CompiledOperation(schema, document, operation)
    .run({}, { ...variableValues }, results)
    .catch((error: unknown) => {
      if (!(error instanceof NotCompilableError)) throw error;
      return undefined;
    });
  if (data) return { answer: JSON.stringify({ data }), wasLeft: false, calls };
  const contextValue = withRootResults({}, results);
  const result: ExecutionResult = await execute({
    schema,
    document,
    contextValue,
    variableValues: { ...variableValues },
  });
  return { answer: JSON.stringify(result), wasLeft: true, calls };
}

test("answers byte by byte as graphql-js does, whatever resolvers do, and resolves no root field twice", async () => {
  let [done, left] = [0, 0];
  const property = fc.asyncProperty(
    DOCUMENTS,
    fc.nat(),
    fc.constantFrom(0, 0.005, 0.1),
    fc.boolean(),
    async (text, seed, troubles, yes) => {
      const document = parse(text);
      fc.pre(validate(randomSchema(seed, troubles), document, RULES).length === 0);
      const variables = { id: "a", yes, no: false };
      const expected = await interpreted(randomSchema(seed, troubles), document, variables);
      const actual = await compiled(randomSchema(seed, troubles), document, variables);
      if (actual.wasLeft) left++;
      else done++;
      expect(actual.answer).toBe(expected.answer);
      expect(actual.calls.toSorted()).toEqual(expected.calls.toSorted());
    },
  );
  await fc.assert(property, { numRuns: 3_000 });
  // Neither way is the rare one, or the property would say little.
  expect(done).toBeGreaterThan(300);
  expect(left).toBeGreaterThan(300);
});

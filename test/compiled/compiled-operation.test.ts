import { expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  buildSchema,
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
import { CompiledShapes } from "../../src/compiled/compiled-shapes.js";
import { rememberRootResults, type RootResults, withRootResults } from "../../src/compiled/root-results.js";
import { DOCUMENTS, randomSchema } from "./random-graph.js";

const RULES = specifiedRules.filter((rule) => rule !== NoUnusedVariablesRule);

interface Run {
  readonly answer: ExecutionResult;
  readonly wasLeft: boolean;
  readonly calls: readonly string[];
}

/** Makes a schema that tells which root fields are resolved. */
type MakeSchema = (calls: string[]) => GraphQLSchema;

async function interpreted(make: MakeSchema, document: DocumentNode, variableValues: object): Promise<Run> {
  const calls: string[] = [];
  const schema = make(calls);
  const result = await execute({ schema, document, contextValue: {}, variableValues: { ...variableValues } });
  return { answer: result, wasLeft: false, calls };
}

/** As the server does it: compiled, and where that leads nowhere, by graphql-js from what has been resolved. */
async function compiled(make: MakeSchema, document: DocumentNode, variableValues: object): Promise<Run> {
  const calls: string[] = [];
  const schema = make(calls);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("There is no operation.");
  const results: RootResults = new Map();
  const compiledOperation = () => new CompiledOperation(schema, document, operation, new CompiledShapes());
  const run = async () => compiledOperation().run({}, { ...variableValues }, results);
  const data = await run().catch((error: unknown) => {
    if (!(error instanceof NotCompilableError)) throw error;
    return undefined;
  });
  if (data) return { answer: { data: { ...data } }, wasLeft: false, calls };
  const contextValue = withRootResults({}, results);
  const result: ExecutionResult = await execute({
    schema,
    document,
    contextValue,
    variableValues: { ...variableValues },
  });
  return { answer: result, wasLeft: true, calls };
}

/**
 * Errors, without an order. Of several that null the same place, graphql-js tells those that it hears of before it has let go of the
 * rest, which is a matter of time: the place stands for them.
 */
function errorsOf({ data, errors = [] }: ExecutionResult): readonly string[] {
  const told = errors.map(({ message, path = [], locations }) => {
    const nulled = nulledPlace(data, path);
    return nulled ? `null at ${nulled.join(".")}` : JSON.stringify({ message, path, locations });
  });
  return [...new Set(told)].toSorted();
}

/** Where on the way to a place there is nothing any more; undefined if the place itself is there. */
function nulledPlace(data: unknown, path: readonly (string | number)[]): readonly (string | number)[] | undefined {
  let value = data;
  for (const [depth, key] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, depth);
    value = Reflect.get(Object(value), key);
  }
  return undefined;
}

test("gives the data of graphql-js byte by byte, and its errors, whatever resolvers do, and resolves no root field twice", async () => {
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
      const make = (calls: string[]) => randomSchema(seed, troubles, calls);
      const expected = await interpreted(make, document, variables);
      const actual = await compiled(make, document, variables);
      if (actual.wasLeft) left++;
      else done++;
      expect(JSON.stringify(actual.answer.data)).toBe(JSON.stringify(expected.answer.data));
      expect(errorsOf(actual.answer)).toEqual(errorsOf(expected.answer));
      expect(actual.calls.toSorted()).toEqual(expected.calls.toSorted());
    },
  );
  await fc.assert(property, { numRuns: 3_000 });
  // Neither way is the rare one, or the property would say little.
  expect(done).toBeGreaterThan(300);
  expect(left).toBeGreaterThan(300);
});

/** A list of which the second item fails first, and then the first one. */
function failInTurn(): readonly Promise<never>[] {
  const [first, second] = [Promise.withResolvers<never>(), Promise.withResolvers<never>()];
  const failFirst = () => first.reject(new Error("the first, later"));
  setImmediate(() => {
    second.reject(new Error("the second, at once"));
    setImmediate(failFirst);
  });
  return [first.promise, second.promise];
}

test("tells errors in the order in which they happen, as graphql-js does", async () => {
  const make = () => {
    const schema = buildSchema("type Query { items: [String] }");
    Object.assign(schema.getQueryType()?.getFields()["items"] ?? {}, { resolve: failInTurn });
    rememberRootResults(schema);
    return schema;
  };
  const document = parse("{ items }");
  const { answer, wasLeft } = await compiled(make, document, {});
  expect(wasLeft).toBe(true);
  expect(answer).toEqual((await interpreted(make, document, {})).answer);
  expect(answer.errors?.map(({ message }) => message)).toEqual(["the second, at once", "the first, later"]);
});

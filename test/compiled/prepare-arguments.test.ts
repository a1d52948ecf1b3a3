import { describe, expect, test } from "@jest/globals";
import { buildSchema, type FieldNode, getArgumentValues, Kind, parse } from "graphql";
import { prepareArguments } from "../../src/compiled/prepare-arguments.js";

const SCHEMA = buildSchema(`
  enum Channel { EMAIL SMS }
  input Filter { name: String ids: [ID!] }
  type Query { found(id: ID!, first: Int = 20, channel: Channel, filter: Filter, ids: [ID!]): Int }
`);

function fieldOf(selection: string): FieldNode {
  const [operation] = parse(`{ ${selection} }`).definitions;
  const [field] = operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections : [];
  if (field?.kind !== Kind.FIELD) throw new Error("There is no field.");
  return field;
}

/** What a way of reading arguments comes to: values, or that it threw. */
function outcomeOf(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return String(error);
  }
}

describe("arguments", () => {
  test.each<readonly [what: string, selection: string, variables: Record<string, unknown>]>([
    ["constants", `found(id: "A", first: 3, channel: SMS, filter: { name: "x", ids: ["1"] }, ids: ["1", "2"])`, {}],
    ["defaults", `found(id: "A")`, {}],
    ["nulls", `found(id: "A", first: null, filter: null)`, {}],
    ["variables", `found(id: $id, first: $n, channel: $c)`, { id: "A", n: 5, c: "EMAIL" }],
    ["variables that are null", `found(id: $id, first: $n)`, { id: "A", n: null }],
    ["variables that were not given", `found(id: "A", first: $n, channel: $c)`, {}],
    ["a null where none may be", `found(id: $id)`, { id: null }],
    ["a missing variable where none may miss", `found(id: $id)`, {}],
    ["a missing argument where none may miss", `found`, {}],
    ["variables within values", `found(id: "A", filter: { name: $name }, ids: [$id, "2"])`, { name: "x", id: "1" }],
    ["missing variables within values", `found(id: "A", filter: { name: $name })`, {}],
    ["a constant that does not fit", `found(id: "A", first: "three")`, {}],
  ])("are what graphql-js makes of %s, however often they are read", (_, selection, variables) => {
    const definition = SCHEMA.getQueryType()?.getFields()["found"];
    if (!definition) throw new Error("There is no field.");
    const node = fieldOf(selection);
    const prepared = prepareArguments(definition, node);
    const expected = outcomeOf(() => getArgumentValues(definition, node, variables));
    expect(outcomeOf(() => prepared(variables))).toEqual(expected);
    expect(outcomeOf(() => prepared(variables))).toEqual(expected);
  });
});

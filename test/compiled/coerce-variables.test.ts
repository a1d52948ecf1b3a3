import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { buildSchema, getVariableValues, type GraphQLSchema, Kind, type OperationDefinitionNode, parse } from "graphql";
import { prepareVariables } from "../../src/compiled/coerce-variables.js";

const SCHEMA = buildSchema(`
  scalar Own
  scalar Any
  enum Channel { EMAIL SMS }
  input Range { from: Int! to: Int = 7 inner: Range own: Own any: Any }
  input Filter { name: String ids: [ID!] channel: Channel isOpen: Boolean! range: Range }
  input One @oneOf { a: Int b: String }
  type Query { found: Int }
`);
/** One that has an opinion, and one that has none. */
Object.assign(SCHEMA.getType("Own") ?? {}, {
  parseValue: (value: unknown) => {
    if (value === 7) throw new TypeError("Not seven.");
    return [value];
  },
});
/** Internal values are not their names. */
for (const type of Object.values(SCHEMA.getTypeMap()))
  if ("getValue" in type) for (const value of type.getValues()) value.value = value.name.toLowerCase();

const TYPES = [
  ..."Int Int! Float String String! ID ID! Boolean Channel Channel! Own Any Any!".split(" "),
  ..."[Int] [[ID!]!] [Any!]! Filter Filter! [Filter!] Range One".split(" "),
  'String = "none"',
  "Int! = 4",
];

function operationWith(types: readonly string[]): OperationDefinitionNode {
  const definitions = types.map((type, at) => `$v${at}: ${type}`).join(" ");
  const [operation] = parse(types.length > 0 ? `query (${definitions}) { found }` : "{ found }").definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error("There is no operation.");
  return operation;
}

function both(schema: GraphQLSchema, operation: OperationDefinitionNode, given: Record<string, unknown>) {
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
  return [prepareVariables(schema, operation)(given), coerced && { ...coerced }];
}

const leaf = fc.oneof(
  fc.constantFrom(
    null,
    "EMAIL",
    "email",
    "text",
    "",
    true,
    false,
    0,
    -0,
    7,
    1.5,
    2 ** 31,
    -(2 ** 31),
    Number.MAX_VALUE,
  ),
  fc.string(),
);
const FIELDS = [
  "from",
  "to",
  "inner",
  "own",
  "any",
  "name",
  "ids",
  "channel",
  "isOpen",
  "range",
  "a",
  "b",
  "__proto__",
  "toString",
];
const value = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, leaf, fc.array(tie("value"), { maxLength: 3 }), tie("object")),
  object: fc.dictionary(fc.constantFrom(...FIELDS), tie("value"), { maxKeys: 4 }),
})).value;
const filter = fc.record(
  {
    name: fc.string(),
    ids: fc.array(fc.string()),
    channel: fc.constantFrom("EMAIL", "SMS"),
    isOpen: fc.boolean(),
    range: fc.record({ from: fc.integer(), to: fc.integer() }, { requiredKeys: ["from"] }),
  },
  { requiredKeys: ["isOpen"] },
);

describe("variables", () => {
  test("are coerced to what graphql-js makes of them, whatever they are", () => {
    const types = fc.array(fc.constantFrom(...TYPES), { maxLength: 4 });
    const given = fc.array(fc.oneof(value, filter, fc.constant(undefined)), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(types, given, (declared, values) => {
        const sent = values.flatMap((one, at) => (one === undefined ? [] : [[`v${at}`, one] as const]));
        const [quick, careful] = both(
          SCHEMA,
          operationWith(declared),
          JSON.parse(JSON.stringify(Object.fromEntries(sent))),
        );
        expect(quick === undefined ? undefined : { ...quick }).toEqual(careful);
      }),
      { numRuns: 3_000 },
    );
  });

  // What chance hardly ever comes upon.
  test.each<readonly [what: string, type: string, value: unknown]>([
    ["two of a one-of input", "One", { a: 1, b: "x" }],
    ["a null of a one-of input", "One", { a: null }],
    ["one of a one-of input", "One", { a: 1 }],
    ["a field that there is not", "Filter", { isOpen: true, more: 1 }],
    ["a field with a default", "Filter", { isOpen: true, range: { from: 1 } }],
  ])("are what graphql-js makes of %s", (_, type, value) => {
    const [quick, careful] = both(SCHEMA, operationWith([type]), { v0: value });
    expect(quick === undefined ? undefined : { ...quick }).toEqual(careful);
  });

  test.each(["Filter!", "[Filter!]"])("that are a %s, as it is nearly always, need no second look", (type) => {
    // graphql-js looks types up by name, again for each request; who is prepared has done so.
    const operation = operationWith([type]);
    const schema = buildSchema("input Filter { isOpen: Boolean! ids: [ID!] } type Query { found: Int }");
    const coerce = prepareVariables(schema, operation);
    let looks = 0;
    schema.getType = () => void (looks += 1);
    const one = { isOpen: true, ids: ["a"] };
    expect(coerce({ v0: type.startsWith("[") ? [one] : one })).toBeDefined();
    expect(looks).toBe(0);
    coerce({ v0: "wrong" });
    expect(looks).toBeGreaterThan(0);
  });
});

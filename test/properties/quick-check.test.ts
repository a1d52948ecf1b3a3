import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { getMetadataStorage } from "type-graphql";
import { buildGatewaySchema } from "../../src/graph/gateway-schema.js";
import { Validator } from "../../src/input/class-validator.js";
import { isSurelyValid } from "../../src/input/quick-check.js";

type Class = new () => object;

// Whatever class of arguments the graph has, it has been decorated when its schema is made.
buildGatewaySchema();
const { argumentTypes, inputTypes, fields } = getMetadataStorage();
const CLASSES = [...new Set([...argumentTypes, ...inputTypes].map(({ target }) => target as Class))];
const INPUTS = inputTypes.map(({ target }) => target as Class);

const ODD: readonly unknown[] = [
  undefined,
  null,
  "",
  "a",
  "x".repeat(300),
  0,
  1,
  20,
  101,
  -1,
  1.5,
  true,
  false,
  {},
  [],
  ["a"],
  ["a", "a"],
];
const TELLING: readonly unknown[] = [
  "01GMRWDSA0ARTAKE1SFX8JGXAY",
  "2026-07-15",
  "1999-01-01",
  "../x",
  new Date(0),
  "CANCEL",
  ["EMAIL"],
  ["email", "sms"],
];

/** Objects of a class with such values in its fields, objects of other classes among them. */
function objectsOf(type: Class, depth: number): fc.Arbitrary<object> {
  const names = fields.filter(({ target }) => target === type).map(({ name }) => name);
  const plain = fc.constantFrom(...ODD, ...TELLING);
  const nested = depth === 0 ? [] : INPUTS.map((input) => objectsOf(input, 0));
  const value = fc.oneof({ arbitrary: plain, weight: 30 }, ...nested.map((arbitrary) => ({ arbitrary, weight: 1 })));
  const list = fc.oneof({ arbitrary: value, weight: 4 }, fc.array(value, { maxLength: 2 }));
  return fc
    .tuple(...names.map(() => fc.option(list, { nil: undefined })))
    .map((values) => Object.assign(new type(), Object.fromEntries(names.map((name, at) => [name, values[at]]))));
}

/** Undefined where a rule itself cannot cope: then nobody says that the object is valid. */
function isValid(object: object): boolean | undefined {
  try {
    return new Validator().validateSync(object, { forbidUnknownValues: false }).length === 0;
  } catch {
    return undefined;
  }
}

describe("an object is surely valid exactly where class-validator finds no fault", () => {
  test.each(CLASSES.map((type) => [type.name, type] as const))("%s", (_, type) => {
    const property = fc.property(objectsOf(type, 1), (object) => {
      const expected = isValid(object);
      if (expected === undefined) return;
      expect(isSurelyValid(object)).toBe(expected);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

test("it is not that no object is valid, or every one", () => {
  const found = CLASSES.flatMap((type) => fc.sample(objectsOf(type, 0), 50).map(isValid));
  expect(new Set(found)).toContain(true);
  expect(new Set(found)).toContain(false);
});

import { expect, test } from "@jest/globals";
import { buildSchema, getOperationAST, parse } from "graphql";
import { NotCompilableError } from "../../src/compiled/compile-selection.js";
import { CompiledOperation } from "../../src/compiled/compiled-operation.js";
import { CompiledShapes } from "../../src/compiled/compiled-shapes.js";

let asked = 0;
const schema = buildSchema("type Query { thing: Thing! } type Thing { id: ID! name: String thing: Thing }");
const thing = schema.getQueryType()?.getFields()["thing"];
if (thing) thing.resolve = () => ({ id: `${asked++}`, name: "A", thing: null });

function operationOf(text: string, shapes: CompiledShapes): CompiledOperation {
  const document = parse(text);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  return new CompiledOperation(schema, document, operation, shapes);
}

/** Eight roots with four parts each, and some with five: under four conditions, one document is sixteen shapes. */
const MANY = `query ($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) {
  ${[..."abcdefgh"].map((key) => `${key}: thing { ...T }`).join(" ")}
  ${[..."abcd"].map((key) => `${key}: thing @include(if: $${key}) { again: name }`).join(" ")}
} fragment T on Thing { id name }`;
const valuesOf = (n: number) => ({ a: (n & 1) > 0, b: (n & 2) > 0, c: (n & 4) > 0, d: (n & 8) > 0 });

test("what is compiled of all operations together is bounded, and what had to make room is compiled again", () => {
  const shapes = new CompiledShapes(1_000);
  const operations = Array.from({ length: 10 }, () => operationOf(MANY, shapes));
  for (let round = 0; round < 2; round++)
    for (const operation of operations)
      for (let n = 0; n < 16; n++) {
        expect(Object.keys(operation.run({}, valuesOf(n), new Map()) ?? {})).toHaveLength(8);
        expect(shapes.partCount).toBeLessThanOrEqual(1_000);
      }
  expect(shapes.partCount).toBeGreaterThan(900);
});

test("what is in use stays where others come and go", () => {
  const shapes = new CompiledShapes(1_000);
  const hot = operationOf("{ thing { id name } }", shapes);
  hot.run({}, {}, new Map());
  for (let n = 0; n < 100; n++) {
    const before = shapes.partCount;
    hot.run({}, {}, new Map());
    // Nothing was compiled.
    expect(shapes.partCount).toBe(before);
    operationOf(MANY, shapes).run({}, valuesOf(n), new Map());
  }
  const before = shapes.partCount;
  hot.forget();
  // A root field, its object, and two fields of it.
  expect(shapes.partCount).toBe(before - 4);
});

test("an operation gives up its room, and can be run again", () => {
  const shapes = new CompiledShapes();
  const operation = operationOf(MANY, shapes);
  for (let n = 0; n < 16; n++) operation.run({}, valuesOf(n), new Map());
  expect(shapes.partCount).toBeGreaterThan(16 * 8 * 4);
  operation.forget();
  expect(shapes.partCount).toBe(0);
  expect(operation.run({}, valuesOf(3), new Map())).toMatchObject({ a: { name: "A", again: "A" } });
});

test("what is too large is not compiled to its end, and nothing of it is run or kept", () => {
  const shapes = new CompiledShapes(1_000);
  // Written out, these are more than could be compiled in a lifetime.
  const doubling = Array.from({ length: 60 }, (_, n) => {
    const next = n === 59 ? "id" : `...F${n + 1}`;
    return `fragment F${n} on Thing { a: thing { ${next} } b: thing { ${next} } }`;
  });
  const operation = operationOf(`{ thing { ...F0 } } ${doubling.join(" ")}`, shapes);
  const before = asked;
  expect(() => operation.run({}, {}, new Map())).toThrow(NotCompilableError);
  expect([asked, shapes.partCount]).toEqual([before, 0]);
});

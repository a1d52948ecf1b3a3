import { describe, expect, test } from "@jest/globals";
import { getNamedType, isLeafType, isObjectType, parse, TypeInfo, validate, visit, visitWithTypeInfo } from "graphql";
import { buildPlainSchema } from "../support/plain-schema.js";
import { OPERATION_FILES, readOperation, startWithExamples, VARIABLES } from "./operation-examples.js";

const SCHEMA = buildPlainSchema();

/** The fields of an operation as `Type.field`. */
function fieldsOf(document: string): string[] {
  const info = new TypeInfo(SCHEMA);
  const fields: string[] = [];
  visit(
    parse(document),
    visitWithTypeInfo(info, { Field: (node) => void fields.push(`${info.getParentType()?.name}.${node.name.value}`) }),
  );
  return fields;
}

describe.each(OPERATION_FILES)("%s", (file) => {
  test("fits the schema", () => {
    expect(validate(SCHEMA, parse(readOperation(file)))).toEqual([]);
  });

  test("is answered with data for every field, and without errors", async () => {
    await using gateway = await startWithExamples();
    const { status, body } = await gateway.query(readOperation(file), VARIABLES[file]);
    expect(status).toBe(200);
    expect(body.errors).toBeUndefined();
    for (const value of Object.values<{ problem?: object | null } | null>(body.data)) {
      expect(value).not.toBeNull();
      expect(value?.problem ?? null).toBeNull();
    }
  });
});

test("there is an operation for every field of the root types", () => {
  const used = new Set(OPERATION_FILES.flatMap((file) => fieldsOf(readOperation(file))));
  const roots = [SCHEMA.getQueryType(), SCHEMA.getMutationType()].flatMap((type) =>
    Object.keys(type?.getFields() ?? {}).map((field) => `${type?.name}.${field}`),
  );
  expect(roots.filter((field) => !used.has(field))).toEqual([]);
});

test("between them the operations use every plain field of every type", () => {
  const used = new Set(OPERATION_FILES.flatMap((file) => fieldsOf(readOperation(file))));
  const unused = Object.values(SCHEMA.getTypeMap())
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith("__"))
    .flatMap((type) => {
      // A field may be used through an interface that has it.
      const names = [type, ...type.getInterfaces()].map(({ name }) => name);
      const plain = Object.values(type.getFields()).filter((field) => isLeafType(getNamedType(field.type)));
      return plain
        .filter((field) => !names.some((name) => used.has(`${name}.${field.name}`)))
        .map((field) => `${type.name}.${field.name}`);
    });
  expect(unused).toEqual([]);
});

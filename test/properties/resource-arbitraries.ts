import fc from "fast-check";
import { resourceSchemas, type ResourceSchema } from "../support/openapi-resources.js";
import type { OpenApiSchemas, Schema } from "../support/openapi-schema.js";
import { ATTRIBUTE_COVERAGE } from "../tables/attribute-coverage.js";
import { isOmission } from "../tables/coverage.js";
import { type ArbitraryOptions, type JsonObject, recordOf } from "./arbitrary-of.js";

export interface Linkage {
  readonly data: Identifier | readonly Identifier[];
}

export interface Identifier {
  readonly type: string;
  readonly id: string;
}

export interface GeneratedResource extends Identifier {
  readonly attributes: JsonObject;
  readonly relationships?: Readonly<Record<string, Linkage>>;
}

/** Resources of one type, with the attributes that the graph knows; their ids are `type-0`, `type-1` and so on. */
export function resourcesOf(
  schemas: OpenApiSchemas,
  type: string,
  size: { readonly minLength: number; readonly maxLength: number },
  options: ArbitraryOptions,
): fc.Arbitrary<readonly GeneratedResource[]> {
  const { attributes, required } = schemaOf(schemas, type);
  const kept = Object.entries(attributes).filter(([name]) => !isOmission(ATTRIBUTE_COVERAGE[type]?.[name] ?? []));
  return fc
    .array(recordOf(schemas, Object.fromEntries(kept.map(asTime)), required, options), size)
    .map((all) => all.map((values, index) => ({ type, id: `${type}-${index}`, attributes: values })));
}

/** A metric's times are plain strings in the document: that they are ISO 8601 it says in words. */
function asTime([name, schema]: readonly [string, Schema]): readonly [string, Schema] {
  return [name, name === "created" || name === "updated" ? { ...schema, format: "date-time" } : schema];
}

export function schemaOf(schemas: OpenApiSchemas, type: string): ResourceSchema {
  const schema = resourceSchemas(schemas).get(type);
  if (!schema) throw new Error(`The document has no resource of type ${type}.`);
  return schema;
}

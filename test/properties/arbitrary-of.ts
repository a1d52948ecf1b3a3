import fc from "fast-check";
import type { OpenApiSchemas, Schema } from "../support/openapi-schema.js";

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [member: string]: Json;
}

export interface ArbitraryOptions {
  /**
   * Whether values are such as Klaviyo may add without notice: members and enum values that the document does not know. It calls
   * neither a breaking change.
   */
  readonly isOfTomorrow: boolean;
}

/** Values that fit a schema of the document, with everything optional now there and now not, and null where it may be. */
function arbitraryOf(schemas: OpenApiSchemas, schema: Schema, options: ArbitraryOptions): fc.Arbitrary<Json> {
  const { schema: node } = schemas.resolve(schema);
  const value = notNull(schemas, node, options);
  return node.nullable ? fc.option(value, { nil: null, freq: 4 }) : value;
}

/** Objects with the given members, of which all but the required ones may be missing. */
export function recordOf(
  schemas: OpenApiSchemas,
  members: Readonly<Record<string, Schema>>,
  required: ReadonlySet<string>,
  options: ArbitraryOptions,
): fc.Arbitrary<JsonObject> {
  const arbitraries = Object.entries(members).map(([name, schema]) => [name, arbitraryOf(schemas, schema, options)]);
  const record = fc.record(Object.fromEntries(arbitraries) as Record<string, fc.Arbitrary<Json>>, {
    requiredKeys: Object.keys(members).filter((name) => required.has(name)),
  });
  return options.isOfTomorrow ? fc.tuple(NEWS, record).map(([news, known]) => ({ ...news, ...known })) : record;
}

function notNull(schemas: OpenApiSchemas, schema: Schema, options: ArbitraryOptions): fc.Arbitrary<Json> {
  if (schema.oneOf) return fc.oneof(...schema.oneOf.map((choice) => arbitraryOf(schemas, choice, options)));
  if (schema.enum) return enumOf(schema.enum, options);
  if (schema.properties) return recordOf(schemas, schema.properties, new Set(schema.required), options);
  switch (schema.type ?? "object") {
    case "array":
      return fc.array(arbitraryOf(schemas, schema.items ?? {}, options), { maxLength: 3 });
    case "string":
      return textOf(schema.format);
    case "boolean":
      return fc.boolean();
    case "integer":
      return fc.integer();
    case "number":
      return fc.double({ noNaN: true, noDefaultInfinity: true });
    case "object":
      return fc.dictionary(TEXT, ANYTHING, { maxKeys: 3, noNullPrototype: true });
  }
}

const TEXT = fc.string({ unit: "grapheme", maxLength: 12 });
const ANYTHING = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>;
const NEWS = fc.dictionary(
  fc.string({ unit: "grapheme-ascii", maxLength: 5 }).map((name) => `new_${name}`),
  ANYTHING,
  { maxKeys: 2, noNullPrototype: true },
);

function enumOf(values: readonly Json[], { isOfTomorrow }: ArbitraryOptions): fc.Arbitrary<Json> {
  const known = fc.constantFrom(...values);
  const isText = values.every((value) => typeof value === "string");
  return isOfTomorrow && isText
    ? fc.oneof(
        known,
        TEXT.map((text) => `Not known today: ${text}`),
      )
    : known;
}

const TIMES = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });

function textOf(format: string | undefined): fc.Arbitrary<string> {
  switch (format) {
    case "date-time":
      return fc
        .tuple(TIMES, fc.constantFrom("Z", "+00:00", "-05:00", "+05:30"), fc.constantFrom("", ".123", ".123456"))
        .map(([time, offset, fraction]) => `${time.toISOString().slice(0, 19)}${fraction}${offset}`);
    case "date":
      return TIMES.map((time) => time.toISOString().slice(0, 10));
    default:
      return TEXT;
  }
}

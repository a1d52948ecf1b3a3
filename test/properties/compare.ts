import { getNamedType, type GraphQLSchema, isEnumType, isObjectType } from "graphql";
import { aliasOf, fieldAt, leadsToEntity } from "../support/full-selection.js";
import type { OpenApiSchemas, Schema } from "../support/openapi-schema.js";
import { ATTRIBUTE_COVERAGE } from "../tables/attribute-coverage.js";
import { isOmission } from "../tables/coverage.js";
import type { Json, JsonObject } from "./arbitrary-of.js";
import { type GeneratedResource, schemaOf } from "./resource-arbitraries.js";

type Answered = Readonly<Record<string, unknown>>;

/**
 * Holds what the graph answers against the resource behind it, by the coverage table alone: it knows nothing of how the gateway
 * reads. Objects are answers to `fullSelection`, so each field stands under `Type_field`.
 */
export class Comparison {
  readonly #faults: string[] = [];

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly schemas: OpenApiSchemas,
    /** Whether values may be such as the document does not know. */
    private readonly isOfTomorrow: boolean,
  ) {}

  /** What does not agree, in words. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  resource(resource: GeneratedResource, answered: Answered): void {
    const { attributes } = schemaOf(this.schemas, resource.type);
    this.#member(resource.type, "id", { type: "string" }, resource.id, [answered]);
    for (const [name, schema] of Object.entries(attributes))
      this.#member(resource.type, name, schema, resource.attributes[name], [answered]);
  }

  /** @param around the objects of the answer in which the member stands, the innermost first */
  #member(part: string, name: string, schema: Schema, value: Json | undefined, around: readonly Answered[]): void {
    const coverage = ATTRIBUTE_COVERAGE[part]?.[name];
    if (coverage === undefined) return void this.#faults.push(`${part}.${name} is not in the table`);
    if (isOmission(coverage)) return;
    const coordinates = [coverage].flat();
    if (coordinates.length === 0) return this.#object(`${part}.${name}`, schema, value ?? null, around);
    for (const coordinate of coordinates) {
      if (coordinate.includes(".")) this.#field(coordinate, schema, value ?? null, around);
      else if (value !== undefined) this.#type(coordinate, schema, value, around);
    }
  }

  #field(coordinate: string, schema: Schema, value: Json, around: readonly Answered[]): void {
    const alias = aliasOf(coordinate);
    const holder = around.find((object) => alias in object);
    if (holder) return this.#value(coordinate, schema, value, holder[alias], around);
    if (!this.isOfTomorrow && !leadsToEntity(this.schema, coordinate))
      this.#faults.push(`${coordinate} is not in the answer`);
  }

  #value(coordinate: string, schema: Schema, value: Json, answered: unknown, around: readonly Answered[]): void {
    const { schema: node } = this.schemas.resolve(schema);
    if (value === null) {
      const isNothing = answered === null || answered === false || (Array.isArray(answered) && answered.length === 0);
      if (!isNothing) this.#faults.push(`${coordinate}: ${JSON.stringify(answered)} was made up`);
    } else if (isArray(value)) {
      if (!isArray(answered) || answered.length !== value.length) return this.#differs(coordinate, value, answered);
      value.forEach((item, n) => this.#value(coordinate, node.items ?? {}, item, answered[n], around));
    } else if (typeof value !== "object") {
      if (!this.#isEqual(coordinate, value, answered)) this.#differs(coordinate, value, answered);
    } else if (node.properties || node.oneOf) {
      if (!isObject(answered)) return this.#differs(coordinate, value, answered);
      this.#object(coordinate, schema, value, [answered, ...around]);
    } else if (isArray(answered) && JSON.stringify(pairsOf(value)) !== JSON.stringify(answered))
      this.#differs(coordinate, value, answered);
  }

  #object(place: string, schema: Schema, value: Json, around: readonly Answered[]): void {
    if (value === null || typeof value !== "object" || isArray(value)) return;
    const { name = place, schema: node } = this.#choice(schema, value) ?? {};
    if (!node) return this.#unrecognized(place, around);
    for (const [member, part] of Object.entries(node.properties ?? {}))
      this.#member(name, member, part, value[member], around);
  }

  /** Of several variants, the one whose constants the object has. */
  #choice(schema: Schema, value: JsonObject) {
    const whole = this.schemas.resolve(schema);
    const choices = whole.schema.oneOf?.map((choice) => this.schemas.resolve(choice)) ?? [whole];
    const isIt = ({ schema: { properties = {} } }: { readonly schema: Schema }) =>
      Object.entries(properties).every(([name, member]) => member.enum?.length !== 1 || member.enum[0] === value[name]);
    return choices.length === 1 ? choices[0] : choices.find(isIt);
  }

  #unrecognized(place: string, [answered]: readonly Answered[]): void {
    const typename = String(answered?.["__typename"]);
    if (!typename.startsWith("Unrecognized")) this.#faults.push(`${place} was taken for ${typename}`);
  }

  /** A member that decides of which type something is. */
  #type(typename: string, schema: Schema, value: Json, [answered]: readonly Answered[]): void {
    if (!isObjectType(this.schema.getType(typename))) return;
    const isKnown = this.schemas.resolve(schema).schema.enum?.some((known) => known === value);
    if (isKnown && answered?.["__typename"] !== typename)
      this.#faults.push(`${JSON.stringify(value)} is ${String(answered?.["__typename"])}, not ${typename}`);
  }

  #isEqual(coordinate: string, value: Json, answered: unknown): boolean {
    const type = getNamedType(fieldAt(this.schema, coordinate).type);
    if (type.name === "DateTime") return Date.parse(String(value)) === Date.parse(String(answered));
    if (!isEnumType(type)) return value === answered;
    const name = String(value)
      .toUpperCase()
      .replaceAll(/[^A-Z0-9]+/g, "_");
    const fallback = type.getValue("UNRECOGNIZED") ? "UNRECOGNIZED" : null;
    return answered === (type.getValue(name) ? name : fallback);
  }

  #differs(coordinate: string, value: Json, answered: unknown): void {
    this.#faults.push(`${coordinate}: ${JSON.stringify(value)} became ${JSON.stringify(answered)}`);
  }
}

/** A map as the graph shows it. */
function pairsOf(map: JsonObject): readonly object[] {
  return Object.entries(map).map(([key, value]) => ({
    __typename: "KeyValuePair",
    KeyValuePair_key: key,
    KeyValuePair_value: typeof value === "string" ? value : JSON.stringify(value),
  }));
}

function isArray(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: unknown): value is Answered {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

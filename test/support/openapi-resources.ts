import type { OpenApiSchemas, Schema } from "./openapi-schema.js";

/** All that the answers of all operations say of one JSON:API type. */
export interface ResourceSchema {
  readonly type: string;
  readonly hasId: boolean;
  readonly attributes: Readonly<Record<string, Schema>>;
  readonly required: ReadonlySet<string>;
  readonly relationships: Readonly<Record<string, Schema>>;
}

/** The resources of the document by type: primary data and what is included, in every form in which they are answered. */
export function resourceSchemas(schemas: OpenApiSchemas): ReadonlyMap<string, ResourceSchema> {
  const found = new Map<string, ResourceSchema>();
  for (const { answer } of schemas.operations) {
    if (!answer) continue;
    const { data, included } = schemas.resolve(answer).schema.properties ?? {};
    for (const schema of [data, included]) if (schema) collect(schemas, schema, found);
  }
  return found;
}

function collect(schemas: OpenApiSchemas, schema: Schema, found: Map<string, ResourceSchema>): void {
  const { schema: node } = schemas.resolve(schema);
  for (const choice of node.oneOf ?? []) collect(schemas, choice, found);
  if (node.items) collect(schemas, node.items, found);
  const parts = [node, ...(node.allOf ?? [])].map((part) => schemas.resolve(part).schema.properties ?? {});
  const [type] = parts.flatMap((part) => (part["type"] ? (schemas.resolve(part["type"]).schema.enum ?? []) : []));
  const attributes = parts.flatMap((part) => part["attributes"] ?? []);
  // An identifier has a type and an id alone: it is no resource.
  if (typeof type !== "string" || attributes.length === 0) return;
  const known = found.get(type);
  // Where answers differ, the first form stands, which is that of a read.
  found.set(type, {
    type,
    hasId: parts.some((part) => part["id"] !== undefined),
    attributes: Object.assign({}, ...attributes.map(({ properties }) => properties), known?.attributes) as Members,
    required: known?.required ?? new Set(attributes.flatMap(({ required = [] }) => required)),
    relationships: Object.assign({}, ...parts.map(relationshipsOf), known?.relationships) as Members,
  });
}

type Members = Readonly<Record<string, Schema>>;

function relationshipsOf(part: Members): Members {
  return part["relationships"]?.properties ?? {};
}

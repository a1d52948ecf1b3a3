import { resourceSchemas } from "../support/openapi-resources.js";
import type { OpenApiSchemas, Schema } from "../support/openapi-schema.js";
import { ATTRIBUTE_COVERAGE } from "./attribute-coverage.js";
import { isOmission } from "./coverage.js";

/** The names of members by where they are: a JSON:API type, or a component of the document. */
export type Members = ReadonlyMap<string, readonly string[]>;

/**
 * All that the document's answers can hold: resources first, each followed by what is nested in it. What is omitted on purpose is not
 * gone into.
 */
export function documentedMembers(schemas: OpenApiSchemas): Members {
  const found = new Map<string, readonly string[]>();
  for (const { type, hasId, attributes, relationships } of resourceSchemas(schemas).values()) {
    found.set(type, [...(hasId ? ["id"] : []), ...Object.keys(attributes), ...Object.keys(relationships)]);
    for (const [name, schema] of Object.entries(attributes)) descend(schemas, `${type}.${name}`, schema, found);
  }
  return found;
}

function descend(schemas: OpenApiSchemas, place: string, schema: Schema, found: Map<string, readonly string[]>): void {
  const coverage = coverageOf(place);
  if (coverage !== undefined && isOmission(coverage)) return;
  const { name = place, schema: node } = schemas.resolve(schema);
  for (const choice of node.oneOf ?? []) descend(schemas, place, choice, found);
  if (node.items) descend(schemas, place, node.items, found);
  if (!node.properties || found.has(name)) return;
  found.set(name, Object.keys(node.properties));
  for (const [member, part] of Object.entries(node.properties)) descend(schemas, `${name}.${member}`, part, found);
}

function coverageOf(place: string) {
  const dot = place.lastIndexOf(".");
  return ATTRIBUTE_COVERAGE[place.slice(0, dot)]?.[place.slice(dot + 1)];
}

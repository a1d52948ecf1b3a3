import { describe, expect, test } from "@jest/globals";
import {
  buildSchema,
  type GraphQLField,
  getNamedType,
  type GraphQLObjectType,
  isObjectType,
  isUnionType,
} from "graphql";
import { AccessError } from "../../src/access/access-error.js";
import { buildGatewaySchema } from "../../src/graph/gateway-schema.js";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";

const schema = buildSchema(printGatewaySdl().replace(/^extend schema @link\(.*\)$/m, ""), { assumeValidSDL: true });

/** What `@requiresScopes` says: lists of scopes of which one is enough; undefined if it is not there. */
function alternativesOf(node: {
  readonly astNode?: GraphQLObjectType["astNode"] | GraphQLField<unknown, unknown>["astNode"];
}) {
  const directive = node.astNode?.directives?.find(({ name }) => name.value === "requiresScopes");
  const value = directive?.arguments?.[0]?.value;
  if (value?.kind !== "ListValue") return undefined;
  return value.values.map((list) =>
    list.kind === "ListValue" ? list.values.flatMap((scope) => ("value" in scope ? [String(scope.value)] : [])) : [],
  );
}

/** Scopes that whoever gets past these alternatives has in any case. */
function certain(alternatives: readonly (readonly string[])[] = []): readonly string[] {
  return (alternatives[0] ?? []).filter((scope) => alternatives.every((list) => list.includes(scope)));
}

const objects = Object.values(schema.getTypeMap()).filter(isObjectType);
const isEntity = ({ astNode }: GraphQLObjectType) =>
  astNode?.directives?.some(({ name }) => name.value === "key") ?? false;

const NODE = {};
/** What a mutation is told of the operation that it is the whole of. */
const ALONE = { operation: { selectionSet: { selections: [NODE] } }, fieldNodes: [NODE] };

describe("access", () => {
  test("needs a scope for every field of the root types", () => {
    const roots = [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
      Object.values(type?.getFields() ?? {}),
    );
    expect(roots.filter((field) => !alternativesOf(field)?.length).map(({ name }) => name)).toEqual([]);
  });

  test("is checked wherever the schema says that it is needed", async () => {
    const { schema: executable } = buildGatewaySchema();
    const fields = Object.values(executable.getTypeMap())
      .filter(isObjectType)
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
      )
      .filter(({ field }) => alternativesOf(field));
    expect(fields.length).toBeGreaterThan(30);
    const context = { identity: { kind: "anonymous" } };
    const open = fields.map(async ({ name, field }) => {
      // Nothing but the check may come to run: it needs neither a parent nor what the operation selects.
      const call = async () => field.resolve?.({}, {}, context, ALONE as never);
      return call().then(
        () => [name],
        (error: Error) => (error instanceof AccessError ? [] : [`${name}: ${error.message}`]),
      );
    });
    expect((await Promise.all(open)).flat()).toEqual([]);
  });

  test("needs a scope for every entity", () => {
    expect(objects.filter((type) => isEntity(type) && !alternativesOf(type)).map(({ name }) => name)).toEqual([]);
  });

  test("needs an entity's scope on every way that leads to it", () => {
    const open = new Set<string>();
    const seen = new Set<string>();
    const walk = (type: GraphQLObjectType, held: readonly string[]): void => {
      const key = `${type.name} ${held.toSorted().join(" ")}`;
      if (seen.has(key)) return;
      seen.add(key);
      for (const field of Object.values(type.getFields())) {
        const now = [...new Set([...held, ...certain(alternativesOf(field))])];
        const named = getNamedType(field.type);
        const targets = isUnionType(named) ? named.getTypes() : isObjectType(named) ? [named] : [];
        for (const target of targets) {
          const missing = certain(alternativesOf(target)).filter((scope) => !now.includes(scope));
          if (missing.length > 0) open.add(`${type.name}.${field.name} -> ${target.name}: ${missing.join(" ")}`);
          walk(target, now);
        }
      }
    };
    for (const root of [schema.getQueryType(), schema.getMutationType()]) if (root) walk(root, []);
    // A router comes to an entity by its key, holding that entity's scopes alone.
    for (const type of objects.filter(isEntity)) walk(type, certain(alternativesOf(type)));
    expect([...open]).toEqual([]);
    expect(seen.size).toBeGreaterThan(objects.length / 2);
  });
});

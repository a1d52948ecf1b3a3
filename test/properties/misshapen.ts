import fc from "fast-check";
import type { Json, JsonObject } from "./arbitrary-of.js";
import type { GeneratedResource } from "./resource-arbitraries.js";

type Path = readonly (string | number)[];

/** What a member may be in the answer of something that is not quite Klaviyo. */
const JUNK: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    7.5,
    2 ** 40,
    "",
    "junk",
    "2026-13-77",
    "2026-02-30T25:00:00Z",
    [],
    {},
    [null],
    [7],
  ),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

/** The same resources, each with one of its members, however deep, replaced by something or other. */
export function misshapen(
  resources: fc.Arbitrary<readonly GeneratedResource[]>,
): fc.Arbitrary<readonly GeneratedResource[]> {
  return fc
    .tuple(resources, fc.array(fc.tuple(fc.nat(), JUNK), { minLength: 10, maxLength: 10 }))
    .map(([all, changes]) =>
      all.map((resource, index) => {
        const [choice, junk] = changes[index % changes.length] ?? [0, null];
        const paths = pathsIn(resource.attributes);
        const path = paths[choice % Math.max(1, paths.length)] ?? ["name"];
        return { ...resource, attributes: replaced(resource.attributes, path, junk) as JsonObject };
      }),
    );
}

function pathsIn(value: Json): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((item, index) => [index, item] as const)
    : Object.entries(value);
  return entries.flatMap(([key, item]) => [[key], ...pathsIn(item).map((path) => [key, ...path])]);
}

function replaced(value: Json, [key, ...rest]: Path, junk: Json): Json {
  if (key === undefined) return junk;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, n) => (n === key ? replaced(item, rest, junk) : item));
  const object = value as JsonObject;
  return { ...object, [key]: replaced(object[key] ?? null, rest, junk) };
}

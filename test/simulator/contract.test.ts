import { readFileSync } from "node:fs";
import { expect, test } from "@jest/globals";
import type { FilterRule } from "../../src/simulator/filters/filter-rule.js";
import { ROUTES } from "../../src/simulator/routes.js";
import type { ParameterRule } from "../../src/simulator/rules/query.js";
import { describeIfDocument, OPENAPI_PATH } from "./openapi-document.js";

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

interface DocumentedFilter {
  readonly operators: { readonly single?: readonly string[]; readonly list?: readonly string[] };
  readonly value: Schema;
}

interface Documented {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly schema: Schema }[];
  readonly "x-klaviyo-scopes": readonly string[];
  readonly "x-klaviyo-ratelimit": Readonly<Record<string, string>>;
  readonly "x-klaviyo-filters"?: Readonly<Record<string, DocumentedFilter>>;
}

type Paths = Readonly<Record<string, Readonly<Record<string, Documented>>>>;

function documented(): Paths {
  return (JSON.parse(readFileSync(OPENAPI_PATH, "utf8")) as { paths: Paths }).paths;
}

/** A rule in the words of the document, so that the two can be compared. */
function wordsOfRule(rule: ParameterRule): unknown {
  switch (rule.kind) {
    case "text":
      return "text";
    case "integer":
      return [rule.min, rule.max];
    case "choice":
    case "list":
      return [rule.kind, ...rule.values.toSorted()];
  }
}

function wordsOfSchema({ type, items, enum: values, minimum, maximum }: Schema): unknown {
  if (type === "integer") return [minimum, maximum];
  if (items?.enum !== undefined) return ["list", ...items.enum.toSorted()];
  return values === undefined ? "text" : ["choice", ...values.toSorted()];
}

function wordsOfFilter({ single, list, value, legal }: FilterRule): unknown {
  return [single.toSorted(), list.toSorted(), value, legal?.toSorted()];
}

function wordsOfDocumentedFilter({ operators, value }: DocumentedFilter): unknown {
  const type = value.format === "date-time" ? "datetime" : value.type;
  return [operators.single?.toSorted() ?? [], operators.list?.toSorted() ?? [], type, value.enum?.toSorted()];
}

function mapped<T>(
  entries: Readonly<Record<string, T>>,
  words: (value: T) => unknown,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, words(value)]));
}

describeIfDocument("the table of operations, row by row against the document", () => {
  test("has every operation, and no other", () => {
    const theirs = Object.entries(documented()).flatMap(([path, item]) =>
      Object.entries(item).flatMap(([method, { operationId }]) =>
        operationId === undefined ? [] : [`${method.toUpperCase()} ${path} ${operationId}`],
      ),
    );
    expect(theirs).toHaveLength(44);
    expect(ROUTES.map(({ method, path, operation }) => `${method} ${path} ${operation}`).toSorted()).toEqual(
      theirs.toSorted(),
    );
  });

  test.each(ROUTES)("$operation has the scopes, limits, parameters and filters that are declared", (route) => {
    const theirs = documented()[route.path]?.[route.method.toLowerCase()] as Documented;
    const { burst, steady, daily } = route.limit;
    expect(route.scopes).toEqual(theirs["x-klaviyo-scopes"]);
    expect({ burst: `${burst}/s`, steady: `${steady}/m`, ...(daily && { daily: `${daily}/d` }) }).toEqual(
      theirs["x-klaviyo-ratelimit"],
    );
    const query = theirs.parameters.filter((parameter) => parameter.in === "query");
    expect(mapped(route.parameters, wordsOfRule)).toEqual(
      Object.fromEntries(query.map(({ name, schema }) => [name, wordsOfSchema(schema)])),
    );
    expect(mapped(route.filters ?? {}, wordsOfFilter)).toEqual(
      mapped(theirs["x-klaviyo-filters"] ?? {}, wordsOfDocumentedFilter),
    );
  });
});

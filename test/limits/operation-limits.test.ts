import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery, parse, validate, type ValidationRule } from "graphql";
import { buildGatewaySchema } from "../../src/graph/gateway-schema.js";
import { LimitError } from "../../src/server/limits/limit-error.js";
import { createLimitsRule } from "../../src/server/limits/limits-rule.js";
import { startGateway } from "../support/gateway.js";

const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");

/** Small limits, so that a test can show both sides of each. */
const LIMITS = {
  GRAPHQL_MAX_DEPTH: "4",
  GRAPHQL_MAX_HEIGHT: "12",
  GRAPHQL_MAX_ROOT_FIELDS: "3",
  GRAPHQL_MAX_ALIASES: "4",
  GRAPHQL_MAX_DIRECTIVES: "6",
  GRAPHQL_MAX_TOKENS: "100",
  GRAPHQL_MAX_LIST_SIZE: "5",
  GRAPHQL_MAX_REPRESENTATIONS: "6",
  GRAPHQL_MAX_COST: "8",
};

const NO_LIMITS = {
  tokens: Infinity,
  depth: Infinity,
  height: Infinity,
  rootFields: Infinity,
  aliases: Infinity,
  directives: Infinity,
  listSize: Infinity,
  representations: Infinity,
  cost: Infinity,
};

type Case = readonly [what: string, query: string, code: string, extensions?: object, variables?: object];

const REFUSED: readonly Case[] = [
  [
    "depth",
    `{ campaign(id: "A") { sendJob { campaign { sendJob { id } } } } }`,
    "MAX_DEPTH_LIMIT",
    { limit: 4, actual: 5 },
  ],
  [
    "depth that fragments hide",
    `{ campaign(id: "A") { ...a } } fragment a on Campaign { sendJob { ...b } } fragment b on CampaignSendJob { ... { campaign { ... on Campaign { sendJob { id } } } } }`,
    "MAX_DEPTH_LIMIT",
    { limit: 4, actual: 5 },
  ],
  ["height", `{ campaign(id: "A") { ${"name ".repeat(12)} } }`, "MAX_HEIGHT_LIMIT", { limit: 12, actual: 13 }],
  [
    "height of a fragment that nothing spreads",
    `{ __typename } fragment a on Campaign { ${"name ".repeat(13)} }`,
    "MAX_HEIGHT_LIMIT",
    { limit: 12, actual: 13 },
  ],
  [
    "height of a fragment whose name another one takes",
    `{ ...a } fragment a on Query { ${"__typename ".repeat(13)} } fragment a on Query { __typename }`,
    "MAX_HEIGHT_LIMIT",
    { limit: 12, actual: 13 },
  ],
  ["height of `__typename`", `{ ${"__typename ".repeat(13)} }`, "MAX_HEIGHT_LIMIT", { limit: 12, actual: 13 }],
  [
    "height that fragments double at each step",
    `{ campaign(id: "A") { ...a ...a } } ${["a", "b", "c"].map((name, n) => `fragment ${name} on Campaign { ...${"bcd"[n]} ...${"bcd"[n]} }`).join(" ")} fragment d on Campaign { id name }`,
    "MAX_HEIGHT_LIMIT",
    { limit: 12, actual: 33 },
  ],
  [
    "root fields",
    `{ ${times(4, () => `campaign(id: "A") { id }`)} }`,
    "MAX_ROOT_FIELDS_LIMIT",
    { limit: 3, actual: 4 },
  ],
  [
    "root fields in a fragment",
    `{ ...q } fragment q on Query { ${times(4, () => `campaign(id: "A") { id }`)} }`,
    "MAX_ROOT_FIELDS_LIMIT",
    { limit: 3, actual: 4 },
  ],
  [
    "aliases",
    `{ campaign(id: "A") { ${times(5, (n) => `a${n}: name`)} } }`,
    "MAX_ALIASES_LIMIT",
    { limit: 4, actual: 5 },
  ],
  [
    "aliases of `__typename`",
    `{ campaign(id: "A") { ${times(5, (n) => `a${n}: __typename`)} } }`,
    "MAX_ALIASES_LIMIT",
    { limit: 4, actual: 5 },
  ],
  [
    "directives",
    `{ campaign(id: "A") { ${times(7, () => "name @skip(if: false)")} } }`,
    "MAX_DIRECTIVES_LIMIT",
    { limit: 6, actual: 7 },
  ],
  [
    "directives at one place, known or not",
    `{ __typename ${"@aa ".repeat(5)} }`,
    "MAX_DIRECTIVES_LIMIT",
    { limit: 4, actual: 5 },
  ],
  ["tokens", `{ ${"__typename ".repeat(100)} }`, "MAX_TOKENS_LIMIT", {}],
  [
    "a list in the document",
    `{ campaigns(channel: EMAIL, filter: { ids: ["1", "2", "3", "4", "5", "6"] }) { nodes { id } } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 5, actual: 6 },
  ],
  [
    "a list in variables",
    `query ($f: CampaignFilterInput) { campaigns(channel: EMAIL, filter: $f) { nodes { id } } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 5, actual: 6 },
    { f: { ids: ["1", "2", "3", "4", "5", "6"] } },
  ],
  [
    "a page",
    `{ campaigns(channel: EMAIL, first: 6) { nodes { id } } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 5, actual: 6 },
  ],
  [
    "a page that is left out at another place",
    `{ campaigns(channel: EMAIL, first: 6) @skip(if: true) { nodes { id } } campaigns(channel: EMAIL, first: 6) { nodes { id } } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 5, actual: 6 },
  ],
  [
    "a page in a variable's default",
    `query ($n: Int = 6) { campaigns(channel: EMAIL, first: $n) { nodes { id } } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 5, actual: 6 },
  ],
  [
    "representations",
    `query ($r: [_Any!]!) { _entities(representations: $r) { __typename } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 6, actual: 7 },
    { r: Array.from({ length: 7 }, (_, n) => ({ __typename: "Tag", id: `${n}` })) },
  ],
  [
    "representations where they are left out at another place",
    `query ($r: [_Any!]!) { _entities(representations: $r) @include(if: false) { __typename } _entities(representations: $r) { __typename } b: _entities(representations: $r) { __typename } }`,
    "MAX_LIST_SIZE_LIMIT",
    { limit: 6, actual: 8 },
    { r: Array.from({ length: 4 }, (_, n) => ({ __typename: "Tag", id: `${n}` })) },
  ],
  [
    "cost of what is left out at another place",
    `{ campaigns(channel: EMAIL, first: 5) @skip(if: true) { nodes { id } } campaigns(channel: EMAIL, first: 5) { nodes { sendJob { id } recipientEstimation { id } } } }`,
    "COST_ESTIMATED_TOO_EXPENSIVE",
    { limit: 8, actual: 11 },
  ],
  [
    "cost",
    `{ campaigns(channel: EMAIL, first: 5) { nodes { sendJob { id } recipientEstimation { id } } } }`,
    "COST_ESTIMATED_TOO_EXPENSIVE",
    { limit: 8, actual: 11 },
  ],
  [
    "an operation that is not the one to run",
    `query A { __typename } query B { ${"__typename ".repeat(13)} }`,
    "MAX_HEIGHT_LIMIT",
    { limit: 12, actual: 13 },
  ],
  [
    "an operation called `__schema`",
    `query __schema { campaign(id: "A") { ${"name ".repeat(12)} } }`,
    "MAX_HEIGHT_LIMIT",
    { limit: 12, actual: 13 },
  ],
];

describe("an operation that asks for too much is refused before Klaviyo is asked", () => {
  test.each(REFUSED)("%s", async (_what, query, code, extensions = {}, variables) => {
    await using gateway = await startGateway({ env: LIMITS });
    const { status, body } = await gateway.query(query, variables);
    expect(status).toBe(400);
    expect(body.errors[0].extensions).toEqual({ code, ...extensions });
    // Nothing else that is wrong with it is told.
    expect(
      body.errors.every((error: { extensions: { code: string } }) => /LIMIT|COST/.test(error.extensions.code)),
    ).toBe(true);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("fragments that spread each other in circles are refused, and harm nothing", async () => {
    await using gateway = await startGateway({ env: LIMITS });
    const query = "{ ...a } fragment a on Query { __typename ...b } fragment b on Query { __typename ...a }";
    const { body } = await gateway.query(query);
    expect(body.errors[0].extensions).toEqual({ code: "GRAPHQL_VALIDATION_FAILED" });
  });

  test("fragments that would write out to a billion fields are measured at once", async () => {
    await using gateway = await startGateway();
    const levels = times(30, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`);
    const { body } = await gateway.query(`{ ...f0 } ${levels} fragment f30 on Query { __typename }`);
    expect(body.errors[0].extensions).toEqual({ code: "MAX_HEIGHT_LIMIT", limit: 300, actual: 2 ** 30 });
  });

  test("what is too large is measured, and not looked through by the other rules, which may take the square of its size", async () => {
    const { schema } = buildGatewaySchema();
    let fieldCount = 0;
    const countFields: ValidationRule = () => ({ Field: () => void fieldCount++ });
    const rule = createLimitsRule({ ...NO_LIMITS, height: 12 });
    const errorsOf = (fields: number) =>
      validate(schema, parse(`{ ${"__typename ".repeat(fields)} }`), [countFields, rule]);
    expect([errorsOf(12), fieldCount]).toEqual([[], 12]);
    fieldCount = 0;
    expect([errorsOf(13)[0], fieldCount]).toEqual([expect.any(LimitError), 0]);
    await using gateway = await startGateway({ env: LIMITS });
    const { body } = await gateway.query(`{ ${times(13, (n) => `a${n}: nothing`)} }`);
    expect(body.errors.map(({ extensions }: { extensions: { code: string } }) => extensions.code)).toEqual([
      "MAX_HEIGHT_LIMIT",
      "MAX_ROOT_FIELDS_LIMIT",
      "MAX_ALIASES_LIMIT",
    ]);
  });

  test("a document that was accepted for few items is refused for many", async () => {
    await using gateway = await startGateway({ env: LIMITS });
    const query = `query ($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { sendJob { id } recipientEstimation { id } } } }`;
    expect((await gateway.query(query, { n: 2 })).body.errors).toBeUndefined();
    expect((await gateway.query(query, { n: 5 })).body.errors[0].extensions.code).toBe("COST_ESTIMATED_TOO_EXPENSIVE");
  });

  test("100 000 levels in a variable are looked through", async () => {
    await using gateway = await startGateway();
    const variables = `{"x":${"[".repeat(1e5)}${"]".repeat(1e5)}}`;
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: `{"query":"query ($x: ID!) { campaign(id: $x) { id } }","variables":${variables}}`,
    });
    expect(JSON.stringify(await response.json())).toContain("BAD_USER_INPUT");
  });
});

describe("what is within the limits is not refused", () => {
  test("the introspection query of the usual tools, in development", async () => {
    await using gateway = await startGateway();
    const query = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect((await gateway.query(query)).body.errors).toBeUndefined();
  });

  test("three times each example operation in one", async () => {
    await using gateway = await startGateway();
    const files = readdirSync("schema/operations").filter(
      (file) => !/mutation/.test(readFileSync(join("schema/operations", file), "utf8")),
    );
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) {
      const document = readFileSync(join("schema/operations", file), "utf8");
      const [, head = "", body = ""] = /^([^{]*)\{([\s\S]*?\n)\}/.exec(document.replaceAll(/^#.*\n/gm, "")) ?? [];
      const { body: answer } = await gateway.query(
        `${head}{ ${body} ${body} ${body} }${document.slice(document.indexOf(`${body}}`) + body.length + 1)}`,
        {},
      );
      const codes = (answer.errors ?? []).map((error: { extensions: { code: string } }) => error.extensions.code);
      expect({ file, limits: codes.filter((code: string) => /LIMIT|COST/.test(code)) }).toEqual({ file, limits: [] });
    }
  });
});

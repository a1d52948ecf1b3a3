import { describe, expect, test } from "@jest/globals";
import { buildSchema, type DocumentNode, execute, type GraphQLResolveInfo, parse, responsePathAsArray } from "graphql";
import { queryParameters, type ResourceQuery } from "../../src/klaviyo/resource-query.js";
import { planRead, rememberedPlans } from "../../src/selection/plan-read.js";
import { CAMPAIGN, CAMPAIGN_MESSAGE } from "../../src/selection/resource-shapes.js";
import type { SelectionPlace } from "../../src/selection/selected-fields.js";

const SCHEMA = buildSchema(`
  type Query { campaign: Campaign campaigns: Connection message: Message entities: Entity }
  type Connection { nodes: [Campaign] edges: [Edge] }
  type Edge { node: Campaign }
  type Campaign { id: ID name: String status: String statusText: String createdAt: String sendJob: String messages: [Message] tags: [Tag] }
  type Message { id: ID definition: String template: Template campaign: Campaign }
  type Template { id: ID name: String html: String }
  type Tag { id: ID name: String }
  union Entity = Campaign | Message
`);

/** The plan for the root field of a document, as parameters of a query. */
function plan(document: string | DocumentNode, variables: object = {}, place: SelectionPlace = {}): ResourceQuery {
  let planned: ResourceQuery | undefined;
  const resolve = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    planned ??= planRead(info, info.fieldName === "message" ? CAMPAIGN_MESSAGE : CAMPAIGN, place);
    return null;
  };
  const rootValue = { campaign: resolve, campaigns: resolve, message: resolve, entities: resolve };
  const parsed = typeof document === "string" ? parse(document) : document;
  execute({ schema: SCHEMA, document: parsed, rootValue, variableValues: { ...variables } });
  if (!planned) throw new Error("Nothing was resolved.");
  return planned;
}

/** The plans of all campaigns that one operation of a document reads, by where they stand in the answer. */
function plansOf(document: DocumentNode, operationName?: string, variableValues: Record<string, unknown> = {}) {
  const planned: Record<string, Record<string, string>> = {};
  const campaign = (_args: unknown, _context: unknown, info: GraphQLResolveInfo) => {
    planned[responsePathAsArray(info.path).join(".")] = parameters(planRead(info, CAMPAIGN));
    return null;
  };
  const rootValue = { campaign, message: { campaign } };
  execute({ schema: SCHEMA, document, rootValue, variableValues, operationName });
  return planned;
}

function parameters(query: ResourceQuery): Record<string, string> {
  return Object.fromEntries(queryParameters(query));
}

const CONNECTION = { paths: [["nodes"], ["edges", "node"]] };

describe("a plan holds what is selected and nothing else", () => {
  test.each([
    ["fields of one attribute once", "{ campaign { id status statusText sendJob } }", { "fields[campaign]": "status" }],
    ["an id alone, where no attribute is needed", "{ campaign { __typename id } }", { "fields[campaign]": "id" }],
    ["fields under aliases", "{ x: campaign { y: name z: createdAt } }", { "fields[campaign]": "created_at,name" }],
    [
      "fields of fragments, named, inline and nested",
      "{ campaign { ...A ... { createdAt } } } fragment A on Campaign { name ...B } fragment B on Campaign { status }",
      { "fields[campaign]": "created_at,name,status" },
    ],
    [
      "relationships that come along, with their own fields",
      "{ campaign { messages { id definition } tags { name } } }",
      {
        "fields[campaign]": "id",
        "fields[campaign-message]": "definition",
        "fields[tag]": "name",
        include: "campaign-messages,tags",
      },
    ],
    [
      "one level of them: what lies deeper is another read",
      "{ campaign { name messages { template { html } } } }",
      { "fields[campaign]": "name", "fields[campaign-message]": "id", include: "campaign-messages" },
    ],
    [
      "all of a field that is selected twice",
      "{ campaign { messages { id } name } campaign { messages { definition } } }",
      { "fields[campaign]": "name", "fields[campaign-message]": "definition", include: "campaign-messages" },
    ],
    [
      "a message's own neighbours",
      "{ message { campaign { name } template { html } } }",
      {
        "fields[campaign-message]": "id",
        "fields[campaign]": "name",
        "fields[template]": "html",
        include: "campaign,template",
      },
    ],
    [
      "nothing that is skipped",
      "{ campaign { name status @skip(if: true) tags @include(if: false) { id } } }",
      { "fields[campaign]": "name" },
    ],
  ])("%s", (_title, document, expected) => {
    expect(parameters(plan(document))).toEqual(expected);
  });

  test("what both ways through a connection lead to", () => {
    const document = "{ campaigns { nodes { name } edges { node { status } } } }";
    expect(parameters(plan(document, {}, CONNECTION))).toEqual({ "fields[campaign]": "name,status" });
  });

  test("of an abstract type, what is selected on the type in question", () => {
    const document = "{ entities { ... on Campaign { name } ... on Message { definition } ... { __typename } } }";
    expect(parameters(plan(document, {}, { onType: "Campaign" }))).toEqual({ "fields[campaign]": "name" });
  });
});

describe("a plan is made once", () => {
  const DOCUMENT = parse(
    "query ($tags: Boolean = false, $other: String) { campaign { name tags @include(if: $tags) { id } } }",
  );

  test("for a document, and looked up for every further request with it", () => {
    expect(plan(DOCUMENT, { other: "a" })).toBe(plan(DOCUMENT, { other: "b" }));
  });

  test("for each combination of the variables on which the selection depends", () => {
    expect(parameters(plan(DOCUMENT, { tags: true }))).toMatchObject({ include: "tags" });
    expect(parameters(plan(DOCUMENT, { tags: false }))).not.toHaveProperty("include");
    expect(plan(DOCUMENT, { tags: true })).toBe(plan(DOCUMENT, { tags: true }));
  });

  test("and forgotten after sixteen others of its field: with twenty conditions there are a million", () => {
    const names = Array.from({ length: 20 }, (_, n) => `c${n}`);
    const document = parse(
      `query (${names.map((name) => `$${name}: Boolean = false`).join(" ")}) {
        campaign { ${names.map((name) => `${name}: name @include(if: $${name})`).join(" ")} }
      }`,
    );
    const first = plan(document);
    for (const name of names.slice(0, 15)) plan(document, { [name]: true });
    expect(plan(document)).toBe(first);
    plan(document, { c15: true });
    expect(plan(document)).not.toBe(first);
  });
});

describe("a plan is not mistaken for that of a field which has a part in common with it", () => {
  const NAME = { "fields[campaign]": "name" };
  const BOTH = { "fields[campaign]": "name,status" };

  test("a fragment, in another operation of the document", () => {
    const document = parse(
      "query List { ...Row } query Detail { ...Row campaign { status } } fragment Row on Query { campaign { name } }",
    );
    const operations = ["List", "Detail", "List"];
    expect(operations.map((operation) => plansOf(document, operation)["campaign"])).toEqual([NAME, BOTH, NAME]);
  });

  test("a fragment, beside which one of them selects more", () => {
    const document = parse(
      `{ a: message { ...Row } b: message { ...Row campaign { status } } c: message { ...Row } }
       fragment Row on Message { campaign { name } }`,
    );
    expect(plansOf(document)).toEqual({ "a.campaign": NAME, "b.campaign": BOTH, "c.campaign": NAME });
  });

  test("a fragment with a condition, of which two operations have others before and after it", () => {
    const document = parse(
      `query X($a: Boolean!, $z: Boolean!) { ...Row x: __typename @include(if: $z) }
       query Y($A: Boolean!, $a: Boolean!) { ...Row y: __typename @include(if: $A) }
       fragment Row on Query { campaign { name status @include(if: $a) } }`,
    );
    expect(plansOf(document, "X", { a: false, z: true })).toEqual({ campaign: NAME });
    expect(plansOf(document, "Y", { A: false, a: true })).toEqual({ campaign: BOTH });
  });
});

test("no more than ten thousand plans are remembered, whatever documents they are for", () => {
  const conditions = ["name", "status", "createdAt", "sendJob"];
  const selection = conditions.map((name) => `${name} @include(if: $${name})`).join(" ");
  const text = `query (${conditions.map((name) => `$${name}: Boolean!`).join(" ")}) { campaign { id ${selection} } }`;
  const documents = Array.from({ length: 700 }, () => parse(text));
  for (const document of documents)
    for (let n = 0; n < 16; n++) {
      const values = conditions.map((name, at) => [name, (n & (1 << at)) > 0] as const);
      plan(document, Object.fromEntries(values));
    }
  expect(rememberedPlans()).toBe(10_000);
  const [first] = documents;
  expect(plan(first ?? text, { name: true, status: true, createdAt: false, sendJob: false }).attributes).toEqual([
    "name",
    "status",
  ]);
});

import { describe, expect, test } from "@jest/globals";
import { isObjectType, parse, type OperationDefinitionNode } from "graphql";
import { buildSchema } from "graphql";
import { CALL_COSTS, ENTITY_COSTS, LIST_SIZES } from "../../src/graph/call-costs.js";
import { printGatewaySdl } from "../../src/graph/gateway-sdl.js";
import { createEstimator } from "../../src/server/limits/call-estimate.js";
import { startGateway } from "../support/gateway.js";

const sdl = printGatewaySdl();
const schema = buildSchema(
  `${sdl.replace(/^extend schema @link\(.*\)$/m, "")} extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
   scalar _Any union _Entity = Campaign | CampaignSendJob | Tag`,
  { assumeValidSDL: true },
);

function callsOf(query: string, variables: Record<string, unknown> = {}): number {
  const document = parse(query);
  return createEstimator(schema, document, document.definitions[0] as OperationDefinitionNode)(variables).calls;
}

const ENTITIES =
  "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Campaign { name sendJob { id } } ... on CampaignSendJob { id } } }";
const entities = (type: string, count: number) =>
  Array.from({ length: count }, (_, n) => ({ __typename: type, id: `${n}` }));

describe("the Klaviyo calls of an operation", () => {
  test.each<
    readonly [what: string, query: string, asked: readonly (readonly [Record<string, unknown>, calls: number])[]]
  >([
    [
      "sizes",
      `query ($n: Int, $id: ID) { campaigns(channel: EMAIL, first: $n) { nodes { sendJob { id } } } campaign(id: $id) { id } }`,
      [
        [{ n: 7, id: "A" }, 9],
        [{ n: 7, id: "B" }, 9],
        [{ n: 30, id: "B" }, 32],
        [{ id: "B" }, 22],
        [{ n: 7, id: "A" }, 9],
      ],
    ],
    [
      "conditions",
      `query ($with: Boolean!) { campaign(id: "A") { id sendJob @include(if: $with) { id } } }`,
      [
        [{ with: true }, 2],
        [{ with: false }, 1],
        [{ with: true }, 2],
      ],
    ],
    [
      "conditions at several places",
      `query ($a: Boolean!, $b: Boolean!) { campaign(id: "A") { sendJob @include(if: $a) { id } sendJob @include(if: $b) { id } } }`,
      [
        [{ a: false, b: false }, 1],
        [{ a: false, b: true }, 2],
        [{ a: true, b: false }, 2],
        [{ a: false, b: false }, 1],
      ],
    ],
    [
      "representations",
      ENTITIES,
      [
        [{ r: entities("CampaignSendJob", 3) }, 3],
        [{ r: entities("CampaignSendJob", 5) }, 5],
        [{ r: [] }, 0],
        [{ r: entities("CampaignSendJob", 3) }, 3],
      ],
    ],
  ])("are those of its present %s, whatever it was asked with before", (_, query, asked) => {
    const document = parse(query);
    const estimate = createEstimator(schema, document, document.definitions[0] as OperationDefinitionNode);
    for (const [variables, calls] of asked) expect(estimate(variables).calls).toBe(calls);
  });

  test.each<readonly [what: string, query: string, calls: number, variables?: Record<string, unknown>]>([
    ["one for a campaign", `{ campaign(id: "A") { name messages { label } tags { name } } }`, 1],
    ["one for each alias", `{ a: campaign(id: "A") { id } b: campaign(id: "B") { id } }`, 2],
    [
      "one for fields that are merged",
      `{ campaign(id: "A") { id sendJob { id } } campaign(id: "A") { name sendJob { id } } }`,
      2,
    ],
    [
      "one for what several fragments select",
      `{ campaign(id: "A") { ...x ...y } } fragment x on Campaign { sendJob { id } } fragment y on Campaign { sendJob { id } }`,
      2,
    ],
    ["one for a page, whatever its size", `{ campaigns(channel: EMAIL, first: 100) { nodes { name } } }`, 1],
    [
      "one more for each send job on a page",
      `{ campaigns(channel: EMAIL, first: 30) { nodes { sendJob { id } } } }`,
      31,
    ],
    ["the same by way of edges", `{ campaigns(channel: EMAIL, first: 30) { edges { node { sendJob { id } } } } }`, 31],
    ["the usual page size where none is given", `{ campaigns(channel: EMAIL) { nodes { sendJob { id } } } }`, 21],
    [
      "the page size of a variable",
      `query ($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { sendJob { id } } } }`,
      8,
      { n: 7 },
    ],
    [
      "one for each channel",
      `query ($c: [CampaignChannel!]!) { campaignsOfChannels(channels: $c, first: 9) { nodes { id } } }`,
      3,
      { c: ["EMAIL", "SMS", "MOBILE_PUSH"] },
    ],
    [
      "audiences of two campaigns in one batch",
      `{ campaigns(channel: EMAIL, first: 10) { nodes { audiences { included { id } } } } }`,
      11,
    ],
    [
      "profiles counted one by one",
      `{ campaigns(channel: EMAIL, first: 2) { nodes { audiences { included { ... on List { profileCount } } } } } }`,
      13,
    ],
    [
      "nothing for what is left out",
      `query ($w: Boolean!) { campaign(id: "A") { sendJob @include(if: $w) { id } } }`,
      1,
      { w: false },
    ],
    [
      "nothing for what is left out wherever it stands",
      `query ($w: Boolean!) { campaign(id: "A") { sendJob @include(if: $w) { id } sendJob @skip(if: true) { id } } }`,
      1,
      { w: false },
    ],
    [
      "all of what is left out at one of two places",
      `{ campaigns(channel: EMAIL, first: 9) @skip(if: true) { nodes { id } } campaigns(channel: EMAIL, first: 9) { nodes { sendJob { id } } } }`,
      10,
    ],
    [
      "all of what is left out at one of two places below another field",
      `{ campaigns(channel: EMAIL, first: 9) { nodes @include(if: false) { id } nodes { sendJob { id } } } }`,
      10,
    ],
    [
      "all of what is left out beside a fragment that has it",
      `{ campaign(id: "A") { sendJob @skip(if: true) { id } ...x } } fragment x on Campaign { sendJob { id } }`,
      2,
    ],
    [
      "all of a fragment that is left out at one of two places",
      `{ campaign(id: "A") { ...x @skip(if: true) ... @include(if: false) { sendJob { id } } ...x } } fragment x on Campaign { sendJob { id } }`,
      2,
    ],
    [
      "nothing for what stands below a node that is always left out",
      `{ campaign(id: "A") @skip(if: true) { sendJob { id } } campaign(id: "A") { id ... @include(if: false) { sendJob { id } } } }`,
      1,
    ],
    [
      "two for a write",
      `mutation { cancelCampaignSend(id: "A", revision: "2026-07-15", action: CANCEL) { outcome } }`,
      2,
    ],
    ["a batch for campaigns that a router names", ENTITIES, 3 + 20, { r: entities("Campaign", 20) }],
    ["one for each send job that a router names", ENTITIES, 20, { r: entities("CampaignSendJob", 20) }],
    ["one for a single entity that is no list", ENTITIES, 1, { r: { __typename: "CampaignSendJob", id: "A" } }],
  ])("%s", (_what, query, calls, variables = {}) => {
    expect(callsOf(query, variables)).toBe(calls);
  });

  test("are those that are made", async () => {
    await using gateway = await startGateway({
      simulator: { campaigns: Array.from({ length: 12 }, (_, n) => ({ id: `C${n}`, status: "Draft" as const })) },
    });
    const query = `{ campaigns(channel: EMAIL, first: 12) { nodes { name recipientEstimation { id } messages { label } } } }`;
    await gateway.query(query);
    expect(gateway.simulator.requests).toHaveLength(callsOf(query));
  });
});

describe("the table of costs", () => {
  const fields = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`));

  test("names fields and entities that exist", () => {
    expect([...Object.keys(CALL_COSTS), ...Object.keys(LIST_SIZES)].filter((name) => !fields.includes(name))).toEqual(
      [],
    );
    expect(Object.keys(ENTITY_COSTS).filter((name) => !schema.getType(name))).toEqual([]);
  });

  test("has every field of the root types", () => {
    const roots = fields.filter((name) => /^(?:Query|Mutation)\.[^_]/.test(name));
    expect(roots.filter((name) => !CALL_COSTS[name])).toEqual([]);
  });

  test("is published in the schema", () => {
    const costs = sdl.match(/@cost\(/g) ?? [];
    expect(costs).toHaveLength(Object.keys(CALL_COSTS).length);
    expect(sdl.match(/@listSize\(/g) ?? []).toHaveLength(Object.keys(LIST_SIZES).length);
  });
});

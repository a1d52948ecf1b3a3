import { document, type HostileInput } from "./input.js";

const QUERY =
  "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Campaign { id name } ... on CampaignSendJob { id } } }";

const entities = (...representations: readonly unknown[]) => document(QUERY, { r: representations });

/** What no router would send as the name of an entity. */
export const ENTITIES: readonly HostileInput[] = [
  ["no list of representations", document(QUERY), 200, "BAD_USER_INPUT"],
  ["null for a list", document(QUERY, { r: null }), 200, "BAD_USER_INPUT"],
  ["null for an entity", entities(null), 200, "BAD_USER_INPUT"],
  ["a text for an entity", entities("Campaign:A"), 200, "BAD_USER_INPUT"],
  ["a number for an entity", entities(7), 200, "BAD_USER_INPUT"],
  ["a list for an entity", entities([{ __typename: "Campaign", id: "A" }]), 200, "BAD_USER_INPUT"],
  ["an entity of no type", entities({ id: "A" }), 200, "BAD_USER_INPUT"],
  ["an entity of another subgraph", entities({ __typename: "Product", id: "A" }), 200, "BAD_USER_INPUT"],
  ["an entity of a type that is none", entities({ __typename: "Query" }), 200, "BAD_USER_INPUT"],
  [
    "an entity of a type that every object has",
    entities({ __typename: "constructor", id: "A" }),
    200,
    "BAD_USER_INPUT",
  ],
  ["an entity of the type `__proto__`", entities({ __typename: "__proto__", id: "A" }), 200, "BAD_USER_INPUT"],
  [
    "an entity of a type that cannot be made a text",
    entities({ __typename: { toString: 1, valueOf: 1 }, id: "A" }),
    200,
    "BAD_USER_INPUT",
  ],
  [
    "an entity of a type that is nested very deeply",
    {
      body: `{"query":${JSON.stringify(QUERY)},"variables":{"r":[{"__typename":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}}`,
    },
    200,
    "BAD_USER_INPUT",
  ],
  ["an entity of a type that is a list", entities({ __typename: ["Campaign"], id: "A" }), 200, "BAD_USER_INPUT"],
  ["an entity without its key", entities({ __typename: "Campaign" }), 200, "BAD_USER_INPUT"],
  ["a key that is null", entities({ __typename: "Campaign", id: null }), 200, "BAD_USER_INPUT"],
  ["a key that is an object", entities({ __typename: "Campaign", id: { id: "A" } }), 200, "BAD_USER_INPUT"],
  ["a key that is a way up", entities({ __typename: "Campaign", id: "../lists" }), 200, "BAD_USER_INPUT"],
  ["a key with a line break", entities({ __typename: "CampaignSendJob", id: "A\r\nX: 1" }), 200, "BAD_USER_INPUT"],
  ["a key by another name", entities({ __typename: "Campaign", name: "A" }), 200, "BAD_USER_INPUT"],
  [
    "a key in a prototype",
    { body: `{"query":${JSON.stringify(QUERY)},"variables":{"r":[{"__typename":"Campaign","__proto__":{"id":"A"}}]}}` },
    200,
    "BAD_USER_INPUT",
  ],
  [
    "a thousand entities and one",
    entities(...Array(1_001).fill({ __typename: "Campaign", id: "A" })),
    400,
    "MAX_LIST_SIZE_LIMIT",
  ],
  [
    "an entity that is nested very deeply",
    { body: `{"query":${JSON.stringify(QUERY)},"variables":{"r":[${"[".repeat(50_000)}${"]".repeat(50_000)}]}}` },
    200,
    "BAD_USER_INPUT",
  ],
];

import { document, type HostileInput } from "./input.js";

const CAMPAIGN = "query ($id: ID!) { campaign(id: $id) { id } }";
const CANCEL =
  'mutation ($id: ID!) { cancelCampaignSend(id: $id, revision: "2026-07-15", action: CANCEL) { outcome } }';

const times = (count: number, text: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => text(n)).join(" ");

const nested = (levels: number): string =>
  `{ campaign(id: "A") ${"{ sendJob { campaign ".repeat(levels)}{ id }${" } }".repeat(levels)} }`;

const doubled = `{ ...f0 } ${times(12, (n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`)} fragment f12 on Query { __typename }`;

/** Operations that are too large, or not what the schema knows. */
const OPERATIONS: readonly HostileInput[] = [
  ["a thousand aliases", document(`{ ${times(1_000, (n) => `a${n}: __typename`)} }`), 400, "MAX_TOKENS_LIMIT"],
  [
    "a hundred aliases",
    document(`{ campaign(id: "A") { ${times(101, (n) => `a${n}: name`)} } }`),
    400,
    "MAX_ALIASES_LIMIT",
  ],
  [
    "the button under fifty aliases",
    document(
      `mutation { ${times(50, (n) => `a${n}: cancelCampaignSend(id: "A", revision: "2026-07-15", action: CANCEL) { outcome }`)} }`,
    ),
    400,
    "MAX_ROOT_FIELDS_LIMIT",
  ],
  ["a directive repeated", document(`{ __typename ${"@skip(if: false) ".repeat(10)} }`), 400, "MAX_DIRECTIVES_LIMIT"],
  ["a directive that nobody knows", document("{ __typename @evil }"), 200, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a hundred directives",
    document(`{ campaign(id: "A") { ${times(101, () => "name @include(if: true)")} } }`),
    400,
    "MAX_DIRECTIVES_LIMIT",
  ],
  ["five hundred equal fields", document(`{ ${"__typename ".repeat(500)} }`), 400, "MAX_HEIGHT_LIMIT"],
  [
    "a fragment that spreads itself",
    document("{ ...a } fragment a on Query { ...a }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "fragments in a circle",
    document("{ ...a } fragment a on Query { ...b } fragment b on Query { ...c } fragment c on Query { ...a }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["fragments that double twelve times", document(doubled), 400, "MAX_HEIGHT_LIMIT"],
  ["a fragment that nobody defined", document("{ ...a }"), 200, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a fragment that nobody uses",
    document("{ __typename } fragment a on Query { __typename }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["fifty levels of fields", document(nested(25)), 400, "MAX_DEPTH_LIMIT"],
  ["a thousand levels of braces", document(`${"{a".repeat(1_000)}${"}".repeat(1_000)}`), 400, "MAX_TOKENS_LIMIT"],
  [
    "a list in four hundred lists",
    document(`{ campaign(id: ${"[".repeat(400)}${"]".repeat(400)}) { id } }`),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["introspection", document("{ __schema { types { name } } }"), 200, "GRAPHQL_VALIDATION_FAILED"],
  ["introspection of one type", document('{ __type(name: "Query") { name } }'), 200, "GRAPHQL_VALIDATION_FAILED"],
  [
    "introspection in a fragment",
    document("{ ...a } fragment a on Query { x: __schema { types { name } } }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "the subgraph's SDL",
    document("{ _service { sdl } a: __schema { types { name } } }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["a field that is nearly there", document('{ campain(id: "A") { id } }'), 200, "GRAPHQL_VALIDATION_FAILED"],
  ["an argument that is nearly there", document('{ campaign(idd: "A") { id } }'), 200, "GRAPHQL_VALIDATION_FAILED"],
  ["a type system instead of an operation", document("type Query { a: Int }"), 200, "GRAPHQL_VALIDATION_FAILED"],
  [
    "a schema extension beside an operation",
    document("{ __typename } extend type Query { a: Int }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  ["two anonymous operations", document("{ __typename } { __typename }"), 200, "GRAPHQL_VALIDATION_FAILED"],
  ["an empty document", document(""), 400, "BAD_REQUEST"],
  ["a document of comments", document("# nothing"), 200, "GRAPHQL_PARSE_FAILED"],
  ["NUL in a document", document("{ __typename \0 }"), 200, "GRAPHQL_PARSE_FAILED"],
  [
    "half of a surrogate pair in a document",
    document(`{ campaign(id: "\uD800") { id } }`),
    200,
    "GRAPHQL_PARSE_FAILED",
  ],
  [
    "a page that is too large for 32 bits",
    document("{ campaigns(channel: EMAIL, first: 2147483648) { nodes { id } } }"),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "a page of a million",
    document("{ campaigns(channel: EMAIL, first: 1000000) { nodes { id } } }"),
    400,
    "MAX_LIST_SIZE_LIMIT",
  ],
  [
    "a page of less than nothing",
    document("{ campaigns(channel: EMAIL, first: -1) { nodes { id } } }"),
    200,
    "BAD_USER_INPUT",
  ],
  [
    "a cursor that somebody made up",
    document('{ campaigns(channel: EMAIL, after: "../../") { nodes { id } } }'),
    200,
    "BAD_USER_INPUT",
  ],
  [
    "pages that cost more calls than there are",
    document(`{ ${times(6, (n) => `a${n}: campaigns(channel: EMAIL, first: 100) { nodes { sendJob { id } } }`)} }`),
    400,
    "COST_ESTIMATED_TOO_EXPENSIVE",
  ],
];

/** Variables that are not what the operation declares. */
const VARIABLES: readonly HostileInput[] = [
  ["a variable that is missing", document(CAMPAIGN), 200, "BAD_USER_INPUT"],
  ["an id that is null", document(CAMPAIGN, { id: null }), 200, "BAD_USER_INPUT"],
  ["an id that is a boolean", document(CAMPAIGN, { id: true }), 200, "BAD_USER_INPUT"],
  ["an id that is an object, as databases take them", document(CAMPAIGN, { id: { $ne: "" } }), 200, "BAD_USER_INPUT"],
  ["an id that is a list", document(CAMPAIGN, { id: ["A"] }), 200, "BAD_USER_INPUT"],
  ["an id that is a fraction", document(CAMPAIGN, { id: 1.5 }), 200, "BAD_USER_INPUT"],
  [
    "a page that is text",
    document("query ($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { id } } }", { n: "5" }),
    200,
    "BAD_USER_INPUT",
  ],
  [
    "a page of 2^53",
    document("query ($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { id } } }", { n: 2 ** 53 }),
    400,
    "MAX_LIST_SIZE_LIMIT",
  ],
  [
    "an action that is not there",
    document(
      'mutation ($a: CampaignSendAction!) { cancelCampaignSend(id: "A", revision: "2026-07-15", action: $a) { outcome } }',
      { a: "DELETE" },
    ),
    200,
    "BAD_USER_INPUT",
  ],
  [
    "a variable of a type that is not there",
    document("query ($x: Evil) { __typename }", { x: 1 }),
    200,
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "a list of ten thousand channels",
    document("query ($c: [CampaignChannel!]!) { campaignsOfChannels(channels: $c) { nodes { id } } }", {
      c: Array(10_000).fill("EMAIL"),
    }),
    400,
    "MAX_LIST_SIZE_LIMIT",
  ],
];

/** Ids that mean another path, header or line where they are not looked at. */
const TRICKS: readonly (readonly [what: string, id: string])[] = [
  ["a way up", "../lists"],
  ["an encoded slash", "..%2flists"],
  ["a slash that is encoded twice", "..%252flists"],
  ["a backslash", "..\\lists"],
  ["a query", "A?include=tags"],
  ["a fragment", "A#"],
  ["another parameter", "A&filter=x"],
  ["a line break", "A\r\nX-Injected: 1"],
  ["a line feed at its end", "A\n"],
  ["NUL", "A\0"],
  ["a quotation mark, as filters have them", `A",B"`],
  ["letters that only look alike", "\u0410"],
  ["a full-width letter", "\uFF21"],
  ["a combining mark", "A\u0301"],
  ["no width", "A\u200B"],
  ["the other direction", "\u202EA"],
  ["half of a surrogate pair", "\uD800"],
  ["a space", " A"],
  ["nothing", ""],
  ["65 letters", "A".repeat(65)],
  ["a hundred thousand letters", "A".repeat(100_000)],
];

const IDS = TRICKS.flatMap(([what, id]): readonly HostileInput[] => [
  [`an id to read, with ${what}`, document(CAMPAIGN, { id }), 200, "BAD_USER_INPUT"],
  [`an id to cancel, with ${what}`, document(CANCEL, { id }), 200, "BAD_USER_INPUT"],
]);

export const DOCUMENTS: readonly HostileInput[] = [...OPERATIONS, ...VARIABLES, ...IDS];

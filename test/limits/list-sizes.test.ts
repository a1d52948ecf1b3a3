import { describe, expect, test } from "@jest/globals";
import { startGateway } from "../support/gateway.js";

type List = readonly [field: string, maximum: number, query: string];

const LISTS: readonly List[] = [
  ["campaigns", 100, "query ($n: Int) { campaigns(channel: EMAIL, first: $n) { nodes { id } } }"],
  ["campaignsOfChannels", 100, "query ($n: Int) { campaignsOfChannels(channels: [SMS], first: $n) { nodes { id } } }"],
  ["tags", 50, "query ($n: Int) { tags(first: $n) { nodes { id } } }"],
];

describe("a page that is too large is told what its own list gives", () => {
  test.each(LISTS)("by %s, beyond what any list may be asked for", async (field, maximum, query) => {
    await using gateway = await startGateway();
    const { status, body } = await gateway.query(query, { n: 1_000 });
    expect([status, body]).toEqual([
      400,
      {
        errors: [
          {
            message: `Too many items asked for by \`first\` of \`${field}\`: 1000, and at most ${maximum} are accepted. Ask for the rest with \`after\`.`,
            extensions: { code: "MAX_LIST_SIZE_LIMIT", limit: maximum, actual: 1_000 },
          },
        ],
      },
    ]);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test.each(LISTS)("by %s, beyond what it gives itself", async (field, maximum, query) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(query, { n: maximum + 1 });
    const message = `${maximum + 1} is more than a page of this list holds: at most ${maximum}. Ask for the rest with \`after\`.`;
    expect(body.errors[0]).toMatchObject({ message: `first: ${message}`, path: [field] });
    expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT", fields: [{ field: "first", message }] });
    expect(gateway.simulator.requests).toEqual([]);
  });

  test.each(LISTS)("by %s, where nothing is asked for", async (_field, maximum, query) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(query, { n: 0 });
    expect(body.errors[0].message).toBe(`first: 0 is not a page size: 1 to ${maximum}.`);
  });

  test("whose pages cost too much in all: what is refused costs nothing", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query("{ campaigns(channel: EMAIL, first: 200) { nodes { sendJob { id } } } }");
    expect(body.errors[0].message).toMatch(/^first: 200 is more than a page of this list holds: at most 100\./);
  });

  test("by what operators permit where that is less", async () => {
    await using gateway = await startGateway({ env: { GRAPHQL_MAX_LIST_SIZE: "5" } });
    const { body } = await gateway.query("{ a: tags(first: 6) { nodes { id } } tags(first: 9) { nodes { id } } }");
    expect(body.errors[0].message).toBe(
      "Too many items asked for by `first` of `tags`: 9, and at most 5 are accepted. Ask for the rest with `after`.",
    );
  });
});

test("a page whose size is not given counts as the one that the list then gives", async () => {
  await using gateway = await startGateway({ env: { GRAPHQL_MAX_LIST_SIZE: "5" } });
  const queries = ["{ campaigns(channel: EMAIL) { nodes { id } } }", "{ tags(first: null) { nodes { id } } }"];
  const answers = await Promise.all(queries.map((query) => gateway.query(query)));
  expect(answers.map(({ body }) => body.errors?.[0].extensions)).toEqual([
    { code: "MAX_LIST_SIZE_LIMIT", limit: 5, actual: 20 },
    { code: "MAX_LIST_SIZE_LIMIT", limit: 5, actual: 50 },
  ]);
});

describe("a list that is too long is told which one", () => {
  const ids = Array.from({ length: 251 }, (_, n) => `C${n}`);
  const written = JSON.stringify(ids);
  const wayOut = "Send fewer at a time. Some lists take fewer yet.";

  test.each([
    [
      "in the document",
      "`ids`",
      `{ campaigns(channel: EMAIL, filter: { statuses: [DRAFT], ids: ${written} }) { nodes { id } } }`,
      {},
    ],
    [
      "in the default of a variable",
      "`$ids`",
      `query ($ids: [ID!] = ${written}) { campaigns(channel: EMAIL, filter: { ids: $ids }) { nodes { id } } }`,
      {},
    ],
    [
      "in a variable",
      "`$filter`",
      `query ($filter: CampaignFilterInput) { campaigns(channel: EMAIL, filter: $filter) { nodes { id } } }`,
      { filter: { ids } },
    ],
  ])("%s", async (_where, name, query, variables) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(query, variables);
    expect(body.errors[0].message).toBe(
      `Too many items in a list of ${name}: 251, and at most 250 are accepted. ${wayOut}`,
    );
  });

  test("with no more of a long name than there is room for", async () => {
    await using gateway = await startGateway();
    const name = "x".repeat(10_000);
    const { body } = await gateway.query(
      `query ($${name}: [ID!]!) { campaigns(channel: EMAIL, filter: { ids: $${name} }) { nodes { id } } }`,
      { [name]: ids },
    );
    expect(body.errors[0].extensions.code).toBe("MAX_LIST_SIZE_LIMIT");
    expect(body.errors[0].message.length).toBeLessThan(1_000);
  });

  test("that is of representations, which several fields may name together", async () => {
    await using gateway = await startGateway();
    const query = `query ($r: [_Any!]!) { ${["a", "b"].map((name) => `${name}: _entities(representations: $r) { __typename }`).join(" ")} }`;
    const { body } = await gateway.query(query, { r: Array(501).fill({ __typename: "Campaign", id: "A" }) });
    expect(body.errors[0].message).toBe(
      "Too many representations: 1002, and at most 1000 are accepted. Send fewer at a time.",
    );
  });
});

import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";

const PRODUCTION = { NODE_ENV: "production" };

/** What a browser gets that opens `/graphql`. */
async function open(gateway: TestGateway) {
  const response = await fetch(`${gateway.url}/graphql`, {
    headers: { accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" },
  });
  return { status: response.status, type: response.headers.get("content-type"), page: await response.text() };
}

describe("a browser that opens /graphql", () => {
  test("gets Sandbox in development, under a content security policy", async () => {
    await using gateway = await startGateway();
    const { status, type, page } = await open(gateway);
    expect([status, type]).toEqual([200, "text/html"]);
    expect(page).toContain("embeddable-sandbox");
    expect(page).toMatch(/<meta http-equiv="Content-Security-Policy" content="[^"]*script-src/);
  });

  test("gets no page in production, and no script of anybody's", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { status, type, page } = await open(gateway);
    expect([status, type]).toEqual([400, "application/json; charset=utf-8"]);
    expect(page).not.toMatch(/<script|cdn\.apollographql/);
  });

  test("gets Sandbox in production where it was asked for", async () => {
    await using gateway = await startGateway({ env: { ...PRODUCTION, SANDBOX: "true", INTROSPECTION: "true" } });
    expect((await open(gateway)).page).toContain("embeddable-sandbox");
  });
});

const INTROSPECTION = `{ __schema { queryType { name } } }`;
const MISSPELT = [
  ["a field", `{ campagn(id: "x") { id } }`],
  ["a field of a type", `{ campaign(id: "x") { nam } }`],
  ["an argument", `{ campaign(idd: "x") { id } }`],
  ["a type", `query ($x: Campain) { __typename }`],
  ["an enum's value", `mutation { cancelCampaignSend(id: "x", revision: "2026-07-15", action: CANCL) { outcome } }`],
] as const;

describe("with introspection", () => {
  test("the schema can be queried", async () => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(INTROSPECTION);
    expect(body).toEqual({ data: { __schema: { queryType: { name: "Query" } } } });
  });

  test.each(MISSPELT)("a misspelling of %s is helped with", async (_what, query) => {
    await using gateway = await startGateway();
    const { body } = await gateway.query(query);
    expect(JSON.stringify(body.errors)).toContain("Did you mean");
  });
});

describe("without introspection", () => {
  test.each([INTROSPECTION, `{ __type(name: "Campaign") { fields { name } } }`])("%s is refused", async (query) => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { status, body } = await gateway.query(query);
    expect(status).toBe(200);
    expect(body.data).toBeUndefined();
    expect(body.errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect(body.errors[0].message).toContain("INTROSPECTION=true");
  });

  test.each(MISSPELT)("a misspelling of %s does not tell the schema", async (_what, query) => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { body } = await gateway.query(query);
    expect(body.errors.length).toBeGreaterThan(0);
    expect(JSON.stringify(body)).not.toContain("Did you mean");
  });

  test("a misspelling in a variable does not tell the schema", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const mutation = `mutation ($action: CampaignSendAction!) {
      cancelCampaignSend(id: "x", revision: "2026-07-15", action: $action) { outcome }
    }`;
    const { body } = await gateway.query(mutation, { action: "CANCL" });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(JSON.stringify(body)).not.toContain("Did you mean");
  });

  test("what is like a suggestion in what was sent takes no time to be left out", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const query =
      "query ($filter: CampaignFilterInput) { campaigns(channel: EMAIL, filter: $filter) { nodes { id } } }";
    // As much as a body may have, told with each of fifty faults. To look from each of them to the end would take minutes.
    const faults = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`name${n}`, 1]));
    const { body } = await gateway.query(query, { filter: { text: "Did you mean ".repeat(20_000), ...faults } });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect(body.errors[0].message.length).toBeLessThan(1_000);
    expect(JSON.stringify(body)).not.toMatch(/Did you mean [^?]*\?/);
  });

  test("a router still gets the subgraph's schema", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { body } = await gateway.query("{ _service { sdl } }");
    expect(body.errors).toBeUndefined();
    expect(body.data._service.sdl).toContain("cancelCampaignSend");
  });
});

import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";

const PRODUCTION = { NODE_ENV: "production" };

const BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const TEXT = "text/plain; charset=utf-8";

/** What a browser gets that opens `/graphql`. */
async function open(gateway: TestGateway, search = "", headers: Record<string, string> = { accept: BROWSER }) {
  const response = await fetch(`${gateway.url}/graphql${search}`, { headers });
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

  test("is told in production what is there: no page, no script of anybody's, nothing of versions or libraries", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { status, type, page } = await open(gateway);
    expect([status, type]).toEqual([400, TEXT]);
    expect(page).toBe(
      'This is a GraphQL endpoint, and no page to look at. Send operations to it with POST, as JSON such as {"query":"..."} with the content type application/json.\n',
    );
  });

  test("is told under the policy of every other answer", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { headers } = await fetch(`${gateway.url}/graphql`, { headers: { accept: BROWSER } });
    expect(headers.get("content-security-policy")).toBe("default-src 'none'; frame-ancestors 'none'");
    expect([headers.get("x-content-type-options"), headers.get("cache-control")]).toEqual(["nosniff", "no-store"]);
  });

  test.each(["?", "?utm_source=mail", "?%"])("is told the same where its address ends in %s", async (search) => {
    await using gateway = await startGateway({ env: PRODUCTION });
    expect((await open(gateway, search)).type).toBe(TEXT);
  });

  test("is told so by a gateway that would believe nobody without a token", async () => {
    const env = { AUTH: "router", AUTH_ROUTER_SECRETS: "router-secret-0123456789" };
    await using gateway = await startGateway({ env: { ...PRODUCTION, ...env } });
    expect((await open(gateway)).type).toBe(TEXT);
  });

  test.each([
    ["any type", { accept: "*/*" }],
    ["JSON before pages", { accept: "application/json, text/html;q=0.5" }],
    ["a type of a longer name", { accept: "text/html5" }],
    ["nothing in particular", {}],
  ])("is told apart from who accepts %s, and is refused as before", async (_what, headers) => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const { status, type, page } = await open(gateway, "", headers);
    expect([status, type]).toEqual([400, "application/json; charset=utf-8"]);
    expect(JSON.parse(page).errors[0]).toMatchObject({ extensions: { code: "BAD_REQUEST" } });
  });

  test.each(["?query=%7B__typename%7D", `?extensions=${encodeURIComponent('{"persistedQuery":{}}')}`])(
    "that was sent there with an operation is refused as a forgery, as before: %s",
    async (search) => {
      await using gateway = await startGateway({ env: PRODUCTION });
      const { status, page } = await open(gateway, search);
      expect(status).toBe(400);
      expect(JSON.parse(page).errors[0].message).toContain("Cross-Site Request Forgery");
    },
  );

  test("does not stand in the way of who sends an operation with GET, and proves to be no foreign page", async () => {
    await using gateway = await startGateway({ env: PRODUCTION });
    const headers = { accept: "text/html, application/json", "apollo-require-preflight": "1" };
    const { page } = await open(gateway, "?query=%7B__typename%7D", headers);
    expect(JSON.parse(page)).toEqual({ data: { __typename: "Query" } });
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

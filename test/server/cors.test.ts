import { describe, expect, test } from "@jest/globals";
import { startGateway, type TestGateway } from "../support/gateway.js";

const STUDIO = "https://studio.apollographql.com";
const SANDBOX = "https://sandbox.embed.apollographql.com";
const FOREIGN = "https://evil.example";
const REQUESTED = "content-type,apollo-require-preflight,authorization,x-request-timeout-ms";

/** What a browser asks before it lets a page of `origin` POST JSON. */
function preflight(gateway: TestGateway, origin: string): Promise<Response> {
  return fetch(`${gateway.url}/graphql`, {
    method: "OPTIONS",
    headers: {
      origin,
      "access-control-request-method": "POST",
      "access-control-request-headers": REQUESTED,
    },
  });
}

/** Whether a browser would hand the answer of a query to a page of `origin`. */
async function isReadableBy(gateway: TestGateway, origin: string): Promise<boolean> {
  const { headers } = await gateway.query("{ __typename }", {}, { origin });
  return headers.get("access-control-allow-origin") === origin;
}

describe("in development", () => {
  test.each([STUDIO, SANDBOX])("%s may send queries and read the answers", async (origin) => {
    await using gateway = await startGateway();
    const { status, headers } = await preflight(gateway, origin);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe(origin);
    expect(headers.get("access-control-allow-methods")?.split(",")).toContain("POST");
    expect(headers.get("access-control-allow-headers")).toBe(REQUESTED);
    expect(await isReadableBy(gateway, origin)).toBe(true);
  });

  test("a foreign page is told nothing that would let it in", async () => {
    await using gateway = await startGateway();
    const { headers } = await preflight(gateway, FOREIGN);
    expect(headers.get("access-control-allow-origin")).toBeNull();
    expect(await isReadableBy(gateway, FOREIGN)).toBe(false);
  });
});

describe("in production", () => {
  test.each([STUDIO, SANDBOX, FOREIGN, "null"])(
    "no page may read anything by default, not even one of %s",
    async (origin) => {
      await using gateway = await startGateway({ env: { NODE_ENV: "production" } });
      const { headers } = await preflight(gateway, origin);
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(await isReadableBy(gateway, origin)).toBe(false);
    },
  );
});

describe("CORS_ORIGINS", () => {
  const env = { CORS_ORIGINS: "https://app.example.com, https://admin.example.com:8443" };

  test.each(["https://app.example.com", "https://admin.example.com:8443"])("lets %s in", async (origin) => {
    await using gateway = await startGateway({ env });
    expect((await preflight(gateway, origin)).headers.get("access-control-allow-origin")).toBe(origin);
    expect(await isReadableBy(gateway, origin)).toBe(true);
  });

  test.each([
    STUDIO,
    "http://app.example.com",
    "https://app.example.com:8443",
    "https://admin.example.com",
    "https://app.example.com.evil.example",
    "https://evil-app.example.com",
    "https://APP.example.com",
    "https://app.example.com/",
    "null",
    "*",
    "",
  ])("keeps out what is not exactly on the list: %s", async (origin) => {
    await using gateway = await startGateway({ env });
    expect((await preflight(gateway, origin)).headers.get("access-control-allow-origin")).toBeNull();
    expect(await isReadableBy(gateway, origin)).toBe(false);
  });

  test("lets a page see the request id and when to come back, and never takes cookies along", async () => {
    await using gateway = await startGateway({ env });
    const { headers } = await gateway.query("{ __typename }", {}, { origin: "https://app.example.com" });
    expect(headers.get("access-control-expose-headers")).toBe("x-request-id,retry-after");
    expect(headers.get("access-control-allow-credentials")).toBeNull();
    expect(headers.get("vary")).toMatch(/\bOrigin\b/);
  });

  test("says also to who is no page that another one may be answered otherwise, so that no cache mixes them up", async () => {
    await using gateway = await startGateway({ env });
    const { headers } = await gateway.query("{ __typename }");
    expect(headers.get("vary")).toBe("Origin");
    expect(headers.get("access-control-allow-origin")).toBeNull();
  });

  test("applies to errors as well, or a page could not tell them from an outage", async () => {
    await using gateway = await startGateway({ env });
    const response = await fetch(`${gateway.url}/graphql`, {
      method: "POST",
      headers: { origin: "https://app.example.com", "content-type": "application/json" },
      body: "{",
    });
    expect(response.status).toBe(400);
    expect(response.headers.get("access-control-allow-origin")).toBe("https://app.example.com");
    await response.text();
  });
});

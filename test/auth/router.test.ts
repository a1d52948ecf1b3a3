import { describe, expect, test } from "@jest/globals";
import { sendRaw } from "../server/raw-http.js";
import { startGateway, testConfig } from "../support/gateway.js";

const SECRETS = ["old-secret-0123456789", "new-secret-0123456789"];
const ENV = { AUTH: "router", AUTH_ROUTER_SECRETS: SECRETS.join(",") };
const READ = `{ campaign(id: "C0") { id } }`;
const IDENTITY = { "x-caller-subject": "anna", "x-caller-scopes": "campaigns:read tags:read" };

const FINGERPRINT = "ab".repeat(32);
const WITH_COLONS = FINGERPRINT.toUpperCase().replaceAll(/..(?=.)/g, "$&:");
const BY_CERTIFICATE = {
  AUTH: "router",
  AUTH_ROUTER_CERTIFICATE_HEADER: "X-Client-Cert",
  AUTH_ROUTER_CERTIFICATES: WITH_COLONS,
};

describe("a router whose TLS was ended in front of the gateway", () => {
  test.each([FINGERPRINT, WITH_COLONS])("is known by its certificate, however that is written: %s", async (given) => {
    await using gateway = await startGateway({
      env: BY_CERTIFICATE,
      simulator: { campaigns: [{ id: "C0", status: "Draft" }] },
    });
    const { body } = await gateway.query(READ, {}, { "x-client-cert": given, ...IDENTITY });
    expect(body).toEqual({ data: { campaign: { id: "C0" } } });
  });

  test.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ["none", BY_CERTIFICATE, {}],
    ["an empty one", BY_CERTIFICATE, { "x-client-cert": "" }],
    ["another one", BY_CERTIFICATE, { "x-client-cert": "cd".repeat(32) }],
    ["its fingerprint as a secret", BY_CERTIFICATE, { "x-router-secret": FINGERPRINT }],
    ["its fingerprint where no header is configured", ENV, { "x-client-cert": FINGERPRINT }],
  ])("with %s its word on identity counts nothing", async (_what, env, headers) => {
    await using gateway = await startGateway({ env });
    const { status, body } = await gateway.query(READ, {}, { ...headers, ...IDENTITY });
    expect([status, body.errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
  });

  test.each([
    [{ AUTH: "router" }, "AUTH=router needs AUTH_ROUTER_SECRETS, or AUTH_ROUTER_CERTIFICATES."],
    [{ AUTH_ROUTER_CERTIFICATE_HEADER: "x-client-cert" }, "need each other"],
    [{ AUTH_ROUTER_CERTIFICATES: FINGERPRINT }, "need each other"],
    [{ AUTH_ROUTER_CERTIFICATES: "abc" }, "AUTH_ROUTER_CERTIFICATES must hold SHA-256 fingerprints"],
    [{ AUTH_ROUTER_CERTIFICATE_HEADER: "not a name" }, "must be the name of an HTTP header"],
  ])("%j ends the start", (env, fault) => {
    expect(() => testConfig(env)).toThrow(fault);
  });
});

describe("a router that has authenticated the user", () => {
  test.each(SECRETS)("is known by its secret, also while that changes: %s", async (secret) => {
    await using gateway = await startGateway({ env: ENV, simulator: { campaigns: [{ id: "C0", status: "Draft" }] } });
    const { body } = await gateway.query(READ, {}, { "x-router-secret": secret, ...IDENTITY });
    expect(body).toEqual({ data: { campaign: { id: "C0" } } });
    expect(gateway.rawLogs.join("")).not.toContain(secret);
  });

  test.each<readonly [string, Record<string, string>]>([
    ["no secret", IDENTITY],
    ["a wrong secret", { "x-router-secret": "old-secret-012345678x", ...IDENTITY }],
    ["the beginning of the secret", { "x-router-secret": "old-secret", ...IDENTITY }],
    ["an empty secret", { "x-router-secret": "", ...IDENTITY }],
    ["both secrets at once", { "x-router-secret": ENV.AUTH_ROUTER_SECRETS, ...IDENTITY }],
    ["the secret as a bearer token", { authorization: `Bearer ${SECRETS[0]}`, ...IDENTITY }],
  ])("%s: its word on identity counts nothing", async (_what, headers) => {
    await using gateway = await startGateway({ env: ENV });
    for (const query of [READ, "{ __typename }"]) {
      const { status, body } = await gateway.query(query, {}, headers);
      expect([status, body.errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
    }
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("that names nobody gets what is for everybody", async () => {
    await using gateway = await startGateway({ env: ENV });
    const headers = { "x-router-secret": SECRETS[0] ?? "" };
    expect((await gateway.query("{ __typename }", {}, headers)).status).toBe(200);
    expect((await gateway.query(READ, {}, headers)).body.errors[0].extensions.code).toBe("UNAUTHENTICATED");
  });

  test.each(["x-router-secret", "x-caller-subject", "x-caller-scopes"])(
    "that says %s twice is not believed",
    async (name) => {
      await using gateway = await startGateway({ env: ENV });
      const given: readonly (readonly [string, string])[] = [
        ["x-router-secret", SECRETS[0] ?? ""],
        ...Object.entries(IDENTITY),
        [name, name === "x-router-secret" ? (SECRETS[0] ?? "") : "eve"],
      ];
      const body = JSON.stringify({ query: READ });
      const { status } = await sendRaw(
        gateway.url,
        [
          "POST /graphql HTTP/1.1",
          "Host: x",
          "Content-Type: application/json",
          `Content-Length: ${body.length}`,
          ...given.map(([header, value]) => `${header}: ${value}`),
          "",
          body,
        ].join("\r\n"),
      );
      expect(status).toBe(401);
    },
  );
});

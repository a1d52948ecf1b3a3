import { describe, expect, test } from "@jest/globals";
import { sendRaw } from "../server/raw-http.js";
import { startGateway } from "../support/gateway.js";

const SECRETS = ["old-secret-0123456789", "new-secret-0123456789"];
const ENV = { AUTH: "router", AUTH_ROUTER_SECRETS: SECRETS.join(",") };
const READ = `{ campaign(id: "C0") { id } }`;
const IDENTITY = { "x-caller-subject": "anna", "x-caller-scopes": "campaigns:read tags:read" };

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

import { describe, expect, test } from "@jest/globals";
import { AUDIENCE, ISSUER, newKey, sign, startIssuer } from "../auth/issuer.js";
import { startGateway, type TestGateway, type TestGatewayOptions } from "../support/gateway.js";
import { createKeyFile } from "../support/key-file.js";
import { until } from "../support/until.js";

const KEYS = { acme: "pk_acme_0123456789abcdef", globex: "pk_globex_0123456789abcdef" };
const ROTATED = "pk_rotated_0123456789abcdef";
const ROUTER = { AUTH: "router", AUTH_ROUTER_SECRETS: "router-secret-0123456789" };
const ENV = {
  ...ROUTER,
  KLAVIYO_CREDENTIALS: "accounts",
  KLAVIYO_API_KEY: "",
  KLAVIYO_ACCOUNTS: JSON.stringify(KEYS),
};

const READ = `{ campaign(id: "C0") { name } }`;
const CANCEL = `mutation { cancelCampaignSend(id: "C0", revision: "2026-07-15", action: CANCEL) { outcome } }`;

/** One Klaviyo in which each tenant has a campaign of the same id. */
function start(options: Omit<TestGatewayOptions, "simulator"> = {}): Promise<TestGateway> {
  const owned = (name: string) => ({ campaigns: [{ id: "C0", name, status: "Sending" }] });
  return startGateway({
    ...options,
    env: { ...ENV, ...options.env },
    simulator: {
      otherAccounts: { [KEYS.acme]: owned("Acme's"), [KEYS.globex]: owned("Globex's"), [ROTATED]: owned("Rotated") },
    },
  });
}

/** As the router sends it. */
function of(tenant: string | undefined): Record<string, string> {
  return {
    "x-router-secret": ROUTER.AUTH_ROUTER_SECRETS,
    "x-caller-subject": "anna",
    "x-caller-scopes": "campaigns:read campaigns:write",
    ...(tenant !== undefined && { "x-caller-tenant": tenant }),
  };
}

const nameFor = async (gateway: TestGateway, tenant: string) =>
  (await gateway.query(READ, {}, of(tenant))).body.data.campaign.name;
const codeFor = async (gateway: TestGateway, tenant: string | undefined, query = READ) => {
  const { status, body } = await gateway.query(query, {}, of(tenant));
  return [status, body.errors?.[0]?.extensions.code ?? "served"];
};
const keysSent = ({ simulator }: TestGateway) =>
  simulator.requests.map(({ headers }) => headers["authorization"]?.replace("Klaviyo-API-Key ", ""));

describe("tenants", () => {
  test("are each served from their own account, also from what is kept", async () => {
    await using gateway = await start({ env: { KLAVIYO_CACHE: "on" } });
    for (let n = 0; n < 2; n++) {
      expect(await nameFor(gateway, "acme")).toBe("Acme's");
      expect(await nameFor(gateway, "globex")).toBe("Globex's");
    }
    expect(keysSent(gateway)).toEqual([KEYS.acme, KEYS.globex]);
  });

  test("that ask the same at the same time share no call", async () => {
    await using gateway = await start();
    const names = await Promise.all(["acme", "globex", "acme", "globex"].map((tenant) => nameFor(gateway, tenant)));
    expect(names).toEqual(["Acme's", "Globex's", "Acme's", "Globex's"]);
    expect(keysSent(gateway).toSorted()).toEqual([KEYS.acme, KEYS.globex]);
  });

  test("do not use up each other's limits", async () => {
    await using gateway = await start({ env: { KLAVIYO_LIMITS: "get_campaign=2/2,get_campaigns=2/2" } });
    const codes = [];
    for (let n = 0; n < 6; n++) codes.push((await codeFor(gateway, "acme"))[1]);
    expect([codes[0], codes[5]]).toEqual(["served", "RATE_LIMITED"]);
    expect(await codeFor(gateway, "globex")).toEqual([200, "served"]);
  });

  test("stop their own sends, and nobody else's with the same id at the same time", async () => {
    await using gateway = await start();
    const cancels = ["acme", "globex"].map((tenant) => gateway.query(CANCEL, {}, of(tenant)));
    await until(() => gateway.simulator.requests.filter(({ method }) => method === "PATCH").length === 2);
    const passing = setInterval(() => gateway.clock.advance(500), 1);
    const outcomes = (await Promise.all(cancels)).map(({ body }) => body.data.cancelCampaignSend.outcome);
    clearInterval(passing);
    expect(outcomes).toEqual(["STOPPED", "STOPPED"]);
    const patches = gateway.simulator.requests.filter(({ method }) => method === "PATCH");
    expect(patches.map(({ headers }) => headers["authorization"]).toSorted()).toEqual([
      `Klaviyo-API-Key ${KEYS.acme}`,
      `Klaviyo-API-Key ${KEYS.globex}`,
    ]);
    const audited = gateway.logs.filter(({ audit }) => audit === "cancelCampaignSend");
    expect(audited.map(({ caller }) => (caller as { tenant: string }).tenant).toSorted()).toEqual(["acme", "globex"]);
  });

  test.each([undefined, "initech", "", "constructor", "ACME", "acme,globex"])(
    "%j is told that there is no account, before anything is asked, and not which there are",
    async (tenant) => {
      await using gateway = await start();
      for (const query of [READ, CANCEL])
        expect(await codeFor(gateway, tenant, query)).toEqual([403, "ACCOUNT_UNKNOWN"]);
      const { body } = await gateway.query(READ, {}, of(tenant));
      expect(JSON.stringify(body)).not.toMatch(/acme|globex|pk_/i);
      expect((await gateway.query("{ __typename }", {}, of(tenant))).body).toEqual({ data: { __typename: "Query" } });
      expect(gateway.simulator.requests).toEqual([]);
    },
  );

  test("leave no key in the log", async () => {
    await using gateway = await start({ env: { LOG_LEVEL: "trace" } });
    for (const key of Object.values(KEYS)) await fetch(`${gateway.url}/${key}`);
    await until(() => gateway.logs.filter(({ path }) => path === "/[secret]").length === 2);
    expect(gateway.rawLogs.join("")).not.toContain("pk_");
  });

  test("are believed from a token's claim", async () => {
    const key = await newKey("one");
    await using issuer = await startIssuer(key);
    const jwt = { AUTH: "jwt", AUTH_JWKS_URL: issuer.url, AUTH_ISSUER: ISSUER, AUTH_AUDIENCE: AUDIENCE };
    await using gateway = await start({ env: { ...jwt, AUTH_TENANT_CLAIM: "org" } });
    const ask = async (claims: object) => {
      const { body } = await gateway.query(READ, {}, { authorization: `Bearer ${await sign(key, { ...claims })}` });
      return body.data?.campaign?.name ?? body.errors[0].extensions.code;
    };
    expect(await ask({ org: "acme" })).toBe("Acme's");
    expect(await ask({ org: "globex" })).toBe("Globex's");
    for (const claims of [{}, { tenant: "acme" }, { org: ["acme"] }, { org: "initech" }])
      expect(await ask(claims)).toBe("ACCOUNT_UNKNOWN");
  });
});

describe("a file of accounts", () => {
  const FILE = (path: string) => ({ KLAVIYO_ACCOUNTS: "", KLAVIYO_ACCOUNTS_FILE: path, KLAVIYO_CACHE: "on" });

  async function look(gateway: TestGateway, msg: string): Promise<void> {
    const isSaid = () => gateway.logs.some((line) => line["msg"] === msg);
    gateway.clock.advance(5_000);
    await until(isSaid);
  }

  test("is read again when it changes: a new key sees nothing of what the old one was told, and no key is logged", async () => {
    await using file = await createKeyFile(JSON.stringify(KEYS));
    await using gateway = await start({ env: { ...FILE(file.path), LOG_LEVEL: "trace" } });
    expect(await nameFor(gateway, "acme")).toBe("Acme's");
    await file.replace(JSON.stringify({ acme: ROTATED }));
    await look(gateway, "accounts read again");
    expect(await nameFor(gateway, "acme")).toBe("Rotated");
    expect(await codeFor(gateway, "globex")).toEqual([403, "ACCOUNT_UNKNOWN"]);
    for (const key of [KEYS.acme, ROTATED]) await fetch(`${gateway.url}/${key}`);
    await until(() => gateway.logs.filter(({ path }) => path === "/[secret]").length === 2);
    expect(gateway.rawLogs.join("")).not.toContain("pk_");
  });

  const tooLong = `{"acme":"pk_${"0".repeat(998)}"}`;

  test.each(["", "{", "[]", "{}", `{"acme":"pk_cut"}`, `{"acme":7}`, `{"":"${ROTATED}"}`, tooLong])(
    "that becomes %j changes nothing, which the log says without showing it",
    async (text) => {
      await using file = await createKeyFile(JSON.stringify(KEYS));
      await using gateway = await start({ env: FILE(file.path) });
      await file.replace(text);
      await look(gateway, "accounts cannot be read; those before stay in use");
      expect(await nameFor(gateway, "acme")).toBe("Acme's");
      expect(gateway.rawLogs.join("")).not.toContain("pk_");
    },
  );
});

import { describe, expect, test } from "@jest/globals";
import { ConfigError } from "../../src/config/config.js";
import { AccountPool } from "../../src/composition/account-pool.js";
import type { OpenAccount } from "../../src/composition/create-account.js";
import { sendRaw } from "../server/raw-http.js";
import { startGateway, testConfig, type TestGateway } from "../support/gateway.js";
import { until } from "../support/until.js";

const ENV = { KLAVIYO_CREDENTIALS: "pass-through", KLAVIYO_API_KEY: "", LOG_LEVEL: "trace" };
const ONE = "pk_one_0123456789abcdef";
const OTHER = "pk_other_0123456789abcdef";
const READ = `{ campaign(id: "C0") { name } }`;

function start(env: Readonly<Record<string, string>> = {}): Promise<TestGateway> {
  const owned = (name: string) => ({ campaigns: [{ id: "C0", name, status: "Draft" }] });
  const otherAccounts = { [ONE]: owned("One's"), [OTHER]: owned("Other's") };
  return startGateway({ env: { ...ENV, ...env }, simulator: { otherAccounts } });
}

async function ask(gateway: TestGateway, authorization?: string): Promise<string> {
  const { body } = await gateway.query(READ, {}, authorization === undefined ? {} : { authorization });
  return body.data?.campaign?.name ?? body.errors?.[0]?.extensions.code ?? "nothing";
}

const sent = ({ simulator }: TestGateway) => simulator.requests.map(({ headers }) => headers["authorization"]);

describe("callers with credentials of their own", () => {
  test("see nothing of each other's kept answers", async () => {
    await using gateway = await start({ KLAVIYO_CACHE: "on" });
    for (let n = 0; n < 2; n++) {
      expect(await ask(gateway, `Klaviyo-API-Key ${ONE}`)).toBe("One's");
      expect(await ask(gateway, `Klaviyo-API-Key ${OTHER}`)).toBe("Other's");
    }
    expect(sent(gateway)).toEqual([`Klaviyo-API-Key ${ONE}`, `Klaviyo-API-Key ${OTHER}`]);
    // The same letters under another scheme prove something else.
    await ask(gateway, `Bearer ${ONE}`);
    expect(sent(gateway)).toHaveLength(3);
  });

  test("are one account however they write their credential", async () => {
    await using gateway = await start({ KLAVIYO_CACHE: "on" });
    for (const scheme of ["Klaviyo-API-Key", "klaviyo-api-key ", "KLAVIYO-API-KEY"])
      expect(await ask(gateway, `${scheme} ${ONE}`)).toBe("One's");
    expect(sent(gateway)).toEqual([`Klaviyo-API-Key ${ONE}`]);
  });

  test("do not use up each other's limits", async () => {
    await using gateway = await start({ KLAVIYO_LIMITS: "get_campaign=2/2,get_campaigns=2/2" });
    const answers = [];
    for (let n = 0; n < 6; n++) answers.push(await ask(gateway, `Klaviyo-API-Key ${ONE}`));
    expect([answers[0], answers[5]]).toEqual(["One's", "RATE_LIMITED"]);
    expect(await ask(gateway, `Klaviyo-API-Key ${OTHER}`)).toBe("Other's");
  });

  test.each([undefined, "", ONE, "Klaviyo-API-Key", `Basic ${ONE}`, `Klaviyo-API-Key ${ONE} ${OTHER}`])(
    "who send %j are told what to send, and Klaviyo is asked nothing",
    async (authorization) => {
      await using gateway = await start();
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const { status, body } = await gateway.query(READ, {}, headers);
      expect([status, body.errors[0].extensions.code]).toEqual([401, "UNAUTHENTICATED"]);
      expect(body.errors[0].message).toContain("`Authorization: Klaviyo-API-Key <key>`");
      expect((await gateway.query("{ __typename }", {}, headers)).status).toBe(200);
      expect(gateway.simulator.requests).toEqual([]);
    },
  );

  test("whose own is refused by Klaviyo are not told of the gateway's", async () => {
    await using gateway = await start();
    gateway.simulator.addFault({ answer: { kind: "status", status: 401 } });
    const { body } = await gateway.query(READ, {}, { authorization: `Klaviyo-API-Key ${ONE}` });
    expect(body.errors[0]).toMatchObject({
      message: "Klaviyo refused the API key or token that it was asked with.",
      extensions: { code: "UPSTREAM_UNAUTHORIZED" },
    });
  });

  test("who send two are believed neither", async () => {
    await using gateway = await start();
    const body = JSON.stringify({ query: READ });
    const lines = [
      "POST /graphql HTTP/1.1",
      "Host: x",
      "Content-Type: application/json",
      `Content-Length: ${body.length}`,
      `Authorization: Klaviyo-API-Key ${ONE}`,
      `Authorization: Klaviyo-API-Key ${OTHER}`,
    ];
    expect((await sendRaw(gateway.url, [...lines, "", body].join("\r\n"))).status).toBe(401);
    expect(gateway.simulator.requests).toEqual([]);
  });

  test("find them in no line of the log, wherever they put them", async () => {
    await using gateway = await start();
    await ask(gateway, `Klaviyo-API-Key ${ONE}`);
    await fetch(`${gateway.url}/${ONE}`);
    await fetch(`${gateway.url}/Bearer%20abcdefgh0123456789`);
    await until(() => gateway.logs.filter(({ path }) => path === "/[secret]").length === 2);
    expect(gateway.rawLogs.join("")).not.toMatch(/pk_|abcdefgh/);
  });
});

describe("the accounts that are remembered", () => {
  test("are so many, and the one goes that nobody has used for longest", () => {
    const closed: string[] = [];
    let made = 0;
    const create = (name: string) => {
      made += 1;
      return { close: () => void closed.push(name) } as unknown as OpenAccount;
    };
    const pool = new AccountPool(create, 2);
    const [a] = [pool.of("a"), pool.of("b")];
    expect(pool.of("a")).toBe(a);
    pool.of("c");
    expect(closed).toEqual(["b"]);
    expect(pool.of("a")).toBe(a);
    expect(made).toBe(3);
  });
});

describe("the configuration", () => {
  const faultsOf = (env: Readonly<Record<string, string>>) => {
    try {
      testConfig({ ...ENV, ...env });
    } catch (error) {
      if (error instanceof ConfigError) return error.faults;
      throw error;
    }
    return [];
  };

  test("needs no second word where callers bring their credentials", () => {
    expect(faultsOf({ NODE_ENV: "production", ALLOW_UNAUTHENTICATED: "" })).toEqual([]);
  });

  test("refuses a key beside them, and tokens in the header that holds them", () => {
    expect(faultsOf({ KLAVIYO_API_KEY: ONE })).toEqual([
      "KLAVIYO_API_KEY is set, and KLAVIYO_CREDENTIALS=pass-through does not use it: which credentials count has to be clear.",
    ]);
    const jwt = { AUTH: "jwt", AUTH_JWKS_FILE: "/keys", AUTH_ISSUER: "i", AUTH_AUDIENCE: "a" };
    expect(faultsOf(jwt)).toEqual([
      "KLAVIYO_CREDENTIALS=pass-through cannot go with AUTH=jwt: one Authorization header cannot hold both a token and a credential for Klaviyo.",
    ]);
  });
});

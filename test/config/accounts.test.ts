import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../src/config/config.js";
import type { Config } from "../../src/config/settings.js";
import { createKeyFile } from "../support/key-file.js";
import { faultsIn } from "./faults-in.js";

const KEY = "pk_acme_0123456789abcdef";
const TOO_LONG = `pk_${"0".repeat(998)}`;
const ACCOUNTS = `{ "acme": "${KEY}", "globex": "pk_globex_0123456789abcdef" }`;
const ROUTER = { AUTH: "router", AUTH_ROUTER_SECRETS: "router-secret-0123456789" };

function load(env: Readonly<Record<string, string>>): Config {
  return loadConfig({ ...ROUTER, KLAVIYO_CREDENTIALS: "accounts", ...env });
}

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  return faultsIn(() => load(env));
}

describe("several accounts", () => {
  test("are a key for each tenant, in the environment or in a file", async () => {
    await using file = await createKeyFile(ACCOUNTS);
    for (const given of [{ KLAVIYO_ACCOUNTS: ACCOUNTS }, { KLAVIYO_ACCOUNTS_FILE: file.path }])
      expect([...load(given).KLAVIYO_ACCOUNTS.entries()][0]).toEqual(["acme", KEY]);
  });

  test.each([
    "nonsense",
    "[]",
    `{"acme":"pk_short"}`,
    `{"${KEY}":"acme"}`,
    `{"":"${KEY}"}`,
    `{"acme":["${KEY}"]}`,
    `{"acme":"${KEY}\\n"}`,
    `{"acme":"${KEY}\\u0000"}`,
    `{"acme":"${KEY} ${KEY}"}`,
    `{"acme":"${KEY}é"}`,
    `{"acme":"${KEY}","globex":"${TOO_LONG}"}`,
  ])("that are %j are one fault, which does not show them", async (text) => {
    await using file = await createKeyFile(text);
    for (const given of [{ KLAVIYO_ACCOUNTS: text }, { KLAVIYO_ACCOUNTS_FILE: file.path }]) {
      const faults = faultsOf(given);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(/^KLAVIYO_ACCOUNTS(_FILE)? must .*not shown/);
      expect(faults[0]).not.toMatch(/acme|pk_/);
    }
  });

  test("that are of no tenant are told so", () => {
    expect(faultsOf({ KLAVIYO_ACCOUNTS: "{}" })).toEqual([
      'KLAVIYO_ACCOUNTS must name at least one tenant, as in {"tenant":"key"}, not {}.',
    ]);
  });

  test("are read from a file that begins with a byte order mark, as some editors write it", async () => {
    await using file = await createKeyFile(`\uFEFF${ACCOUNTS}\r\n`);
    expect(load({ KLAVIYO_ACCOUNTS_FILE: file.path }).KLAVIYO_ACCOUNTS.get("acme")).toBe(KEY);
  });

  test("have to be there, once, and beside nothing that another way of having credentials needs", async () => {
    await using file = await createKeyFile(ACCOUNTS);
    expect(faultsOf({})).toEqual(["KLAVIYO_CREDENTIALS=accounts needs KLAVIYO_ACCOUNTS or KLAVIYO_ACCOUNTS_FILE."]);
    expect(
      faultsOf({ KLAVIYO_ACCOUNTS: ACCOUNTS, KLAVIYO_ACCOUNTS_FILE: file.path, KLAVIYO_API_KEY: KEY, PORT: "x" }),
    ).toEqual([
      'PORT must be a whole number from 0 to 65535, not "x".',
      "KLAVIYO_API_KEY is set, and KLAVIYO_CREDENTIALS=accounts does not use it: which credentials count has to be clear.",
      "KLAVIYO_ACCOUNTS and KLAVIYO_ACCOUNTS_FILE are both set: which accounts count has to be clear.",
    ]);
    expect(faultsOf({ KLAVIYO_CREDENTIALS: "key", KLAVIYO_API_KEY: KEY, KLAVIYO_ACCOUNTS: ACCOUNTS })).toEqual([
      "KLAVIYO_ACCOUNTS is set, and KLAVIYO_CREDENTIALS=key does not use it: which credentials count has to be clear.",
    ]);
  });

  test("are not the only way: an OAuth app has three settings, all of which are named when they are missing", () => {
    const oauth = { AUTH: "none", ALLOW_UNAUTHENTICATED: "true", KLAVIYO_CREDENTIALS: "oauth" };
    expect(faultsOf({ ...oauth, KLAVIYO_OAUTH_CLIENT_ID: "id", KLAVIYO_API_KEY: KEY })).toEqual([
      "KLAVIYO_API_KEY is set, and KLAVIYO_CREDENTIALS=oauth does not use it: which credentials count has to be clear.",
      "KLAVIYO_OAUTH_CLIENT_SECRET is not set.",
      "KLAVIYO_OAUTH_REFRESH_TOKEN is not set.",
    ]);
  });

  test("need callers whose tenant is proven", () => {
    expect(faultsOf({ AUTH: "none", ALLOW_UNAUTHENTICATED: "true", KLAVIYO_ACCOUNTS: ACCOUNTS })).toEqual([
      "KLAVIYO_CREDENTIALS=accounts needs AUTH=jwt or AUTH=router: which tenant a caller is of has to be proven.",
    ]);
  });
});

import { tmpdir } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../src/config/config.js";
import type { Config } from "../../src/config/settings.js";
import { createSurroundings } from "../../src/composition/surroundings.js";
import { createKeyFile } from "../support/key-file.js";
import { faultsIn } from "./faults-in.js";

type Env = Readonly<Record<string, string>>;

const OAUTH = { KLAVIYO_API_KEY: "", KLAVIYO_CREDENTIALS: "oauth", KLAVIYO_OAUTH_CLIENT_ID: "id" };

/** Each with what it needs beside it, and what a secret of it looks like. */
const SECRETS: readonly (readonly [name: keyof Config, secret: string, env: Env])[] = [
  ["AUTH_ROUTER_SECRETS", "planted-router-secret", { AUTH: "router" }],
  ["KLAVIYO_OAUTH_CLIENT_SECRET", "planted-client-secret", { ...OAUTH, KLAVIYO_OAUTH_REFRESH_TOKEN: "token" }],
  ["KLAVIYO_OAUTH_REFRESH_TOKEN", "planted-refresh-token", { ...OAUTH, KLAVIYO_OAUTH_CLIENT_SECRET: "secret" }],
  ["AUDIT_LOG_TOKEN", "planted-token", { AUDIT_LOG: "https://collector.example/" }],
  ["REDIS_URL", "redis://:planted-password@127.0.0.1:1", { REPLICAS: "1" }],
];

function load(env: Env): Config {
  return loadConfig({ ALLOW_UNAUTHENTICATED: "true", KLAVIYO_API_KEY: "pk_test_0123456789abcdef", ...env });
}

function faultsOf(env: Env): readonly string[] {
  return faultsIn(() => load(env));
}

describe.each(SECRETS)("%s in a file", (name, secret, env) => {
  const variable = `${name}_FILE`;

  test.each(["", "\n", "\r\n"])(
    "is what the variable would be, and a line break %j after it is no part",
    async (end) => {
      await using file = await createKeyFile(`${secret}${end}`);
      expect(load({ ...env, [variable]: file.path })[name]).toEqual(load({ ...env, [name]: secret })[name]);
    },
  );

  test("beside one in the environment is a fault that names both and shows neither", async () => {
    await using file = await createKeyFile(secret);
    expect(faultsOf({ ...env, [name]: secret, [variable]: file.path })).toEqual([
      `${name} and ${variable} are both set: which of them counts has to be clear.`,
    ]);
  });

  test.each(["", "\n"])("that holds %j is one fault, of its variable", async (text) => {
    await using file = await createKeyFile(text);
    expect(faultsOf({ ...env, [variable]: file.path })).toEqual([`${variable} is empty.`]);
  });

  test("that is not there, or is none, is one fault that does not show where it should be", () => {
    expect(faultsOf({ ...env, [variable]: secret })).toEqual([`${variable} cannot be read (ENOENT).`]);
    expect(faultsOf({ ...env, [variable]: tmpdir() })).toEqual([`${variable} cannot be read (EISDIR).`]);
  });

  test("that cannot be used is one fault, of its variable, and is not shown", async () => {
    await using file = await createKeyFile("planted secret\nin two lines");
    const [fault, ...others] = faultsOf({ ...env, [variable]: file.path });
    expect(others).toEqual([]);
    expect(fault).toMatch(new RegExp(`^${variable} (must|has) .*not shown`));
    expect(fault).not.toContain("planted");
  });

  test("is struck out of the log", async () => {
    await using file = await createKeyFile(`${secret}\n`);
    const lines: string[] = [];
    const logDestination = { write: (line: string) => void lines.push(line) };
    createSurroundings(load({ ...env, [variable]: file.path }), { logDestination }).logger.info(`Refused: ${secret}`);
    expect(lines.join("")).toContain("Refused: ");
    expect(lines.join("")).not.toContain("planted");
  });
});

test("secrets in files of another way to have credentials than the chosen one are refused by their variables", async () => {
  await using file = await createKeyFile("secret");
  const unused = "is set, and KLAVIYO_CREDENTIALS=key does not use it: which credentials count has to be clear.";
  expect(
    faultsOf({ KLAVIYO_OAUTH_CLIENT_SECRET_FILE: file.path, KLAVIYO_OAUTH_REFRESH_TOKEN_FILE: "/nowhere" }),
  ).toEqual([
    "KLAVIYO_OAUTH_REFRESH_TOKEN_FILE cannot be read (ENOENT).",
    `KLAVIYO_OAUTH_CLIENT_SECRET_FILE ${unused}`,
    `KLAVIYO_OAUTH_REFRESH_TOKEN_FILE ${unused}`,
  ]);
});

test("Redis by a URL in a file needs to know how many share it, too", async () => {
  await using file = await createKeyFile("redis://localhost");
  expect(faultsOf({ REDIS_URL_FILE: file.path })).toEqual([
    "REDIS_URL needs REPLICAS: how many replicas use the account, at most.",
  ]);
});

import { tmpdir } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { loadConfig } from "../../src/config/config.js";
import type { Config } from "../../src/config/settings.js";
import { createKeyFile } from "../support/key-file.js";
import { faultsIn } from "./faults-in.js";

const KEY = "pk_file_0123456789abcdef";
const NO_KEY =
  "KLAVIYO_API_KEY_FILE holds no key of 16 to 1000 characters that can stand in an HTTP header (what it holds is not shown).";

function load(env: Readonly<Record<string, string>>): Config {
  return loadConfig({ ALLOW_UNAUTHENTICATED: "true", ...env });
}

function faultsOf(env: Readonly<Record<string, string>>): readonly string[] {
  return faultsIn(() => load(env));
}

describe("a key in a file", () => {
  test.each([KEY, `${KEY}\n`, `\uFEFF  ${KEY}\r\n`])("is the key, without what is around it: %j", async (text) => {
    await using file = await createKeyFile(text);
    expect(load({ KLAVIYO_API_KEY_FILE: file.path }).KLAVIYO_API_KEY).toBe(KEY);
  });

  test.each([
    "",
    "\n",
    "pk_short",
    "pk_hidden_0123456789 abcdef",
    "pk_hidden_0123456789\nabcdef",
    "pk_hiddén_0123456789",
    "pk_hidden_0123456789\u0000",
  ])("that is %j is a fault of its variable, and is not shown", async (text) => {
    await using file = await createKeyFile(text);
    expect(faultsOf({ KLAVIYO_API_KEY_FILE: file.path })).toEqual([NO_KEY]);
  });

  test("of a thousand characters is one, and a longer one is a fault that does not show it", async () => {
    const key = "k".repeat(1_000);
    await using file = await createKeyFile(`${key}\n`);
    expect(load({ KLAVIYO_API_KEY_FILE: file.path }).KLAVIYO_API_KEY).toBe(key);
    await file.replace(`${key}k\n`);
    expect(faultsOf({ KLAVIYO_API_KEY_FILE: file.path })).toEqual([NO_KEY]);
  });

  test("that is not there, or is none, is a fault that does not show where it should be: that could be a key", () => {
    expect(faultsOf({ KLAVIYO_API_KEY_FILE: KEY })).toEqual(["KLAVIYO_API_KEY_FILE cannot be read (ENOENT)."]);
    expect(faultsOf({ KLAVIYO_API_KEY_FILE: tmpdir() })).toEqual(["KLAVIYO_API_KEY_FILE cannot be read (EISDIR)."]);
  });

  test("beside one in the environment is a fault that shows neither", async () => {
    await using file = await createKeyFile(KEY);
    const faults = faultsOf({ KLAVIYO_API_KEY: "pk_environment", KLAVIYO_API_KEY_FILE: file.path });
    expect(faults).toEqual([
      "KLAVIYO_API_KEY and KLAVIYO_API_KEY_FILE are both set: which key counts has to be clear.",
    ]);
  });

  test("is told of together with the faults of others", () => {
    const faults = faultsOf({ PORT: "x", KLAVIYO_API_KEY_FILE: "/nowhere/key" });
    expect(faults.map((fault) => fault.split(" ")[0])).toEqual(["PORT", "KLAVIYO_API_KEY_FILE"]);
  });
});

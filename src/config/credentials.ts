import { readFileSync } from "node:fs";
import { parseApiKey } from "./api-key.js";
import { type Keys, parseKeys } from "./keys.js";
import { fileVariableOf } from "./secret-files.js";
import type { Faults } from "./setting.js";

interface Given {
  readonly KLAVIYO_CREDENTIALS: keyof typeof SETTINGS_OF | "pass-through" | undefined;
  readonly KLAVIYO_API_KEY: string;
  readonly KLAVIYO_API_KEY_FILE: string;
  readonly KLAVIYO_ACCOUNTS: Keys | undefined;
  readonly KLAVIYO_ACCOUNTS_FILE: string;
  readonly KLAVIYO_OAUTH_CLIENT_ID: string;
  readonly KLAVIYO_OAUTH_CLIENT_SECRET: string;
  readonly KLAVIYO_OAUTH_CLIENT_SECRET_FILE: string;
  readonly KLAVIYO_OAUTH_REFRESH_TOKEN: string;
  readonly KLAVIYO_OAUTH_REFRESH_TOKEN_FILE: string;
}

type Credentials = Pick<Given, "KLAVIYO_API_KEY"> & { readonly KLAVIYO_ACCOUNTS: Keys };

/** What belongs to each way of having credentials, and to it alone. */
const SETTINGS_OF = {
  key: ["KLAVIYO_API_KEY", "KLAVIYO_API_KEY_FILE"],
  accounts: ["KLAVIYO_ACCOUNTS", "KLAVIYO_ACCOUNTS_FILE"],
  oauth: [
    "KLAVIYO_OAUTH_CLIENT_ID",
    "KLAVIYO_OAUTH_CLIENT_SECRET",
    "KLAVIYO_OAUTH_CLIENT_SECRET_FILE",
    "KLAVIYO_OAUTH_REFRESH_TOKEN",
    "KLAVIYO_OAUTH_REFRESH_TOKEN_FILE",
  ],
} as const;

const NEEDED_FOR_OAUTH = [
  "KLAVIYO_OAUTH_CLIENT_ID",
  "KLAVIYO_OAUTH_CLIENT_SECRET",
  "KLAVIYO_OAUTH_REFRESH_TOKEN",
] as const;

/** The credentials to start with, wherever they stand. None is shown, nor a file's name, which may be a key put into the wrong variable. */
export function credentialsOf(given: Given, faults: Faults): Credentials {
  const { KLAVIYO_API_KEY, KLAVIYO_ACCOUNTS = new Map() } = given;
  const found = { KLAVIYO_API_KEY, KLAVIYO_ACCOUNTS };
  if (given.KLAVIYO_CREDENTIALS !== undefined) faults.push(...unusedIn(given));
  switch (given.KLAVIYO_CREDENTIALS) {
    case "key":
      return { ...found, KLAVIYO_API_KEY: apiKeyOf(given, faults) };
    case "accounts":
      return { ...found, KLAVIYO_ACCOUNTS: accountsOf(given, faults) };
    case "oauth":
      faults.push(...NEEDED_FOR_OAUTH.filter((name) => given[name] === "").map((name) => `${name} is not set.`));
      return found;
    case "pass-through":
      return found;
    // It has been found fault with already.
    case undefined:
      return found;
  }
}

function apiKeyOf({ KLAVIYO_API_KEY: key, KLAVIYO_API_KEY_FILE: path }: Given, faults: Faults): string {
  if (path === "" && key === "")
    faults.push(
      'KLAVIYO_API_KEY is not set, nor KLAVIYO_API_KEY_FILE. To try the gateway without a key, run "npm run demo".',
    );
  if (path !== "" && key !== "")
    faults.push("KLAVIYO_API_KEY and KLAVIYO_API_KEY_FILE are both set: which key counts has to be clear.");
  if (path === "" || key !== "") return key;
  return fromFile("KLAVIYO_API_KEY_FILE", path, parseApiKey, faults) ?? "";
}

function accountsOf({ KLAVIYO_ACCOUNTS: keys, KLAVIYO_ACCOUNTS_FILE: path }: Given, faults: Faults): Keys {
  const none: Keys = new Map();
  // What cannot be read has been found fault with already.
  if (keys === undefined) return none;
  if (path === "" && keys.size === 0)
    faults.push("KLAVIYO_CREDENTIALS=accounts needs KLAVIYO_ACCOUNTS or KLAVIYO_ACCOUNTS_FILE.");
  if (path !== "" && keys.size > 0)
    faults.push("KLAVIYO_ACCOUNTS and KLAVIYO_ACCOUNTS_FILE are both set: which accounts count has to be clear.");
  if (path === "" || keys.size > 0) return keys;
  return fromFile("KLAVIYO_ACCOUNTS_FILE", path, parseAccountsFile, faults) ?? none;
}

/** @throws Error that shows nothing of it */
export function parseAccountsFile(text: string): Keys {
  try {
    // A byte order mark counts as white space here, and is none in JSON.
    const keys = parseKeys(text.trim());
    if (keys.size > 0) return keys;
  } catch (error) {
    throw new Error(`KLAVIYO_ACCOUNTS_FILE ${error instanceof Error ? error.message : "cannot be read."}`, {
      cause: error,
    });
  }
  throw new Error("KLAVIYO_ACCOUNTS_FILE is empty.");
}

function fromFile<T>(name: string, path: string, parse: (text: string) => T, faults: Faults): T | undefined {
  try {
    return parse(readFileSync(path, "utf8"));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    faults.push(code === undefined ? message : `${name} cannot be read (${code}).`);
    return undefined;
  }
}

function isSet(value: string | Keys | undefined): boolean {
  return typeof value === "string" ? value !== "" : value !== undefined && value.size > 0;
}

function unusedIn(given: Given): readonly string[] {
  const { KLAVIYO_CREDENTIALS: chosen = "" } = given;
  const others = Object.entries(SETTINGS_OF).flatMap(([mode, names]) => (mode === chosen ? [] : names));
  return others
    .filter((name) => isSet(given[name]) && !isFromFile(name, given))
    .map(
      (name) =>
        `${name} is set, and KLAVIYO_CREDENTIALS=${chosen} does not use it: which credentials count has to be clear.`,
    );
}

/** Then it is the file's variable that was set. */
function isFromFile(name: keyof Given, given: Given): boolean {
  const variable = fileVariableOf(name);
  return Object.entries(given).some(([other, value]) => other === variable && isSet(value));
}

import { readFileSync } from "node:fs";
import type { Faults } from "./setting.js";

/** A key that was cut short while it was being written is rather refused than tried. Klaviyo's are longer. */
const API_KEY = /^[\x21-\x7e]{16,}$/;

interface GivenKey {
  readonly KLAVIYO_API_KEY: string;
  readonly KLAVIYO_API_KEY_FILE: string;
}

/** The key to start with, wherever it stands. Neither it nor the file's name, which may be a key put into the wrong variable, is shown. */
export function apiKeyOf({ KLAVIYO_API_KEY: key, KLAVIYO_API_KEY_FILE: path }: GivenKey, faults: Faults): string {
  if (path === "") {
    if (key === "")
      faults.push(
        'KLAVIYO_API_KEY is not set, nor KLAVIYO_API_KEY_FILE. To try the gateway without a key, run "npm run demo".',
      );
    return key;
  }
  if (key !== "") {
    faults.push("KLAVIYO_API_KEY and KLAVIYO_API_KEY_FILE are both set: which key counts has to be clear.");
    return key;
  }
  try {
    return parseApiKey(readFileSync(path, "utf8"));
  } catch (error) {
    faults.push(faultOf(error));
    return "";
  }
}

/** @param text what the file holds: the key, and white space around it @throws Error that does not show it */
export function parseApiKey(text: string): string {
  const key = text.trim();
  if (API_KEY.test(key)) return key;
  throw new Error(
    "KLAVIYO_API_KEY_FILE holds no key of at least 16 characters that can stand in an HTTP header (what it holds is not shown).",
  );
}

function faultOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === undefined ? message : `KLAVIYO_API_KEY_FILE cannot be read (${code}).`;
}

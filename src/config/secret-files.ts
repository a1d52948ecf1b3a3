import { readFileSync } from "node:fs";
import type { Faults } from "./setting.js";

/**
 * Settings whose value may stand in a file that `<name>_FILE` names, for platforms that mount secrets. It is read once, at the start.
 * Klaviyo's own keys have files as well, which are read again when they change.
 */
const SECRETS_IN_FILES: ReadonlySet<string> = new Set([
  "AUTH_ROUTER_SECRETS",
  "KLAVIYO_OAUTH_CLIENT_SECRET",
  "KLAVIYO_OAUTH_REFRESH_TOKEN",
  "REDIS_URL",
  "AUDIT_LOG_TOKEN",
]);

/** What was given for a setting, and the variable that it came by; the empty text for none. */
export interface Given {
  readonly variable: string;
  readonly value: string;
}

/** The variable of a secret's file, for secrets that may stand in one. */
export function fileVariableOf(name: string): string | undefined {
  return SECRETS_IN_FILES.has(name) ? `${name}_FILE` : undefined;
}

/** @returns undefined where a file was found fault with: nothing can be said of the setting then. No fault shows a secret or a path */
export function givenFor(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  faults: Faults,
): Given | undefined {
  const given = { variable: name, value: env[name] ?? "" };
  const variable = fileVariableOf(name);
  const path = variable && env[variable];
  if (!variable || !path) return given;
  if (given.value === "") return secretIn(variable, path, faults);
  faults.push(`${name} and ${variable} are both set: which of them counts has to be clear.`);
  return undefined;
}

function secretIn(variable: string, path: string, faults: Faults): Given | undefined {
  try {
    // None of these secrets can begin or end with white space, and most files end with a line break.
    const value = readFileSync(path, "utf8").trim();
    if (value !== "") return { variable, value };
    faults.push(`${variable} is empty.`);
  } catch (error) {
    faults.push(`${variable} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return undefined;
}

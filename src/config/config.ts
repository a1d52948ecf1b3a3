import { contradictionsIn } from "./contradictions.js";
import { credentialsOf } from "./credentials.js";
import { type Given, givenFor } from "./secret-files.js";
import type { Faults, Setting } from "./setting.js";
import { type Config, SETTINGS } from "./settings.js";

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/** @param env variables by name; an empty value counts as none. @throws ConfigError with every fault */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = [];
  const isDevelopment = env["NODE_ENV"] === "development";
  const entries = Object.entries<Setting<unknown>>(SETTINGS).map(([name, setting]) => {
    const fallback = isDevelopment ? (setting.developmentDefault ?? setting.default) : setting.default;
    return [name, parse(setting, givenFor(name, env, faults), fallback, faults)];
  });
  // Each entry was made by the parser of its own name.
  const given = Object.fromEntries(entries) as Config;
  const config = Object.freeze({ ...given, ...credentialsOf(given, faults) });
  // A replica that takes itself for the only one would use all of the limits while Redis is away, as would each of the others.
  if (given.REDIS_URL && !env["REPLICAS"])
    faults.push("REDIS_URL needs REPLICAS: how many replicas use the account, at most.");
  faults.push(...contradictionsIn(config, (name) => config[name] !== undefined));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

function parse(setting: Setting<unknown>, given: Given | undefined, fallback: string, faults: Faults): unknown {
  if (!given) return undefined;
  try {
    return setting.parse(given.value || fallback);
  } catch (error) {
    faults.push(`${given.variable} ${error instanceof Error ? error.message : "cannot be read"}`);
    return undefined;
  }
}

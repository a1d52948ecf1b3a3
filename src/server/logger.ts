import { type DestinationStream, type Logger, pino } from "pino";
import type { Secrets } from "./secrets.js";

export type { Logger };

/** Headers and fields that hold credentials, should any object that carries them ever be logged. */
const CREDENTIALS: ReadonlySet<string> = new Set(["authorization", "apiKey", "cookie"]);

/** Structured logs, one JSON object a line. `secrets` are struck out wherever they turn up, whatever they are part of. */
export function createLogger(level: string, secrets: Secrets, destination?: DestinationStream): Logger {
  const out = destination ?? pino.destination({ sync: false });
  const scrubbed: DestinationStream = {
    write: (line) => out.write(secrets.strikeOut(line)),
  };
  return pino({ level, base: null, formatters: { log: (fields) => withoutCredentials(fields, 3) } }, scrubbed);
}

/** @returns the object itself where there is nothing to hide: it is what nearly every line is */
function withoutCredentials<T extends object>(fields: T, depth: number): T {
  if (hasNothingToHide(fields)) return fields;
  const hidden = Object.entries(fields).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
    if (CREDENTIALS.has(name)) return [[name, "[secret]"]];
    if (depth === 1 || typeof value !== "object" || value === null || value instanceof Error) return [];
    const rest = withoutCredentials(value, depth - 1);
    return rest === value ? [] : [[name, rest]];
  });
  return hidden.length === 0 ? fields : { ...fields, ...Object.fromEntries(hidden) };
}

/** Whether there is no credential among the fields, and nothing that could hold one. */
function hasNothingToHide(fields: object): boolean {
  for (const name in fields) {
    const value: unknown = Reflect.get(fields, name);
    if (CREDENTIALS.has(name) || (typeof value === "object" && value !== null)) return false;
  }
  return true;
}

import { type DestinationStream, type Logger, pino } from "pino";
import type { Secrets } from "./secrets.js";

export type { Logger };

/** Headers and fields that hold credentials, should any object that carries them ever be logged. */
const CREDENTIALS: ReadonlySet<string> = new Set(["authorization", "apiKey", "cookie"]);

/** Structured logs, one JSON object a line. `secrets` are struck out wherever they turn up, whatever they are part of. */
export function createLogger(level: string, secrets: Secrets, out: DestinationStream): Logger {
  const scrubbed: DestinationStream = {
    write: (line) => out.write(secrets.strikeOut(line)),
  };
  return pino({ level, base: null, formatters: { log: (fields) => withoutCredentials(fields, 3) } }, scrubbed);
}

/** @returns the object itself where there is nothing to hide: it is what nearly every line is */
function withoutCredentials<T extends object>(fields: T, depth: number): T {
  let shown = fields;
  for (const [name, value] of Object.entries(fields)) {
    const rest = CREDENTIALS.has(name) ? "[secret]" : withoutCredentialsIn(value, depth - 1);
    if (rest !== value) shown = { ...shown, [name]: rest };
  }
  return shown;
}

function withoutCredentialsIn(value: unknown, depth: number): unknown {
  const mayHold = typeof value === "object" && value !== null && !(value instanceof Error);
  return mayHold && depth > 0 ? withoutCredentials(value, depth) : value;
}

import { type DestinationStream, type Logger, pino } from "pino";
import type { Secrets } from "./secrets.js";

export type { Logger };

/** Headers and fields that hold credentials, should any object that carries them ever be logged. */
const SECRET_PATHS = ["authorization", "apiKey", "cookie"].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** Structured logs, one JSON object a line. `secrets` are struck out wherever they turn up, whatever they are part of. */
export function createLogger(level: string, secrets: Secrets, destination?: DestinationStream): Logger {
  const out = destination ?? pino.destination({ sync: false });
  const scrubbed: DestinationStream = {
    write: (line) => out.write(secrets.strikeOut(line)),
  };
  return pino({ level, base: null, redact: { paths: SECRET_PATHS, censor: "[secret]" } }, scrubbed);
}

import type { DestinationStream } from "pino";
import type { Config } from "../config/settings.js";
import { type Clock, systemClock } from "../resilience/clock.js";
import { LogDestination, standardOutput } from "../server/log-destination.js";
import { createLogger, type Logger } from "../server/logger.js";
import { Metrics } from "../server/metrics.js";
import { passwordsIn } from "../server/passwords-in.js";
import { Secrets } from "../server/secrets.js";

/** What a test holds in its hands instead of the real thing. */
export interface AppOverrides {
  readonly clock?: Clock;
  readonly random?: () => number;
  readonly logDestination?: DestinationStream;
  /** How late the event loop is. */
  readonly loopDelayMs?: () => number;
}

/** What every part of the app is made with. */
export interface Surroundings {
  readonly config: Config;
  readonly clock: Clock;
  /** 0 to 1, as Math.random. */
  readonly random: () => number;
  readonly logger: Logger;
  /** For the lines that each request has: where there is no room for all, they give way. */
  readonly requestLogger: Logger;
  readonly metrics: Metrics;
  /** What is struck out of the log. */
  readonly secrets: Secrets;
}

/** Those of callers come and go: they are known by their form alone. */
const CALLERS_CREDENTIAL = /(?:Klaviyo-API-Key|Bearer)(?: |%20|\+)+[^\s"\\]+|pk_[\w-]{8,}/gi;

export function createSurroundings(config: Config, overrides: AppOverrides): Surroundings {
  const { clock = systemClock, random = Math.random } = overrides;
  const metrics = new Metrics();
  const known = [
    config.KLAVIYO_API_KEY,
    ...config.KLAVIYO_ACCOUNTS.values(),
    config.KLAVIYO_OAUTH_CLIENT_SECRET,
    config.KLAVIYO_OAUTH_REFRESH_TOKEN,
    config.AUDIT_LOG_TOKEN,
    ...config.AUTH_ROUTER_SECRETS,
    ...passwordsIn(config.REDIS_URL),
  ];
  const secrets = new Secrets(known, config.KLAVIYO_CREDENTIALS === "pass-through" ? CALLERS_CREDENTIAL : undefined);
  const log = overrides.logDestination ?? createLog(clock, metrics);
  const logger = createLogger(config.LOG_LEVEL, secrets, log);
  const requestLogger =
    log instanceof LogDestination ? createLogger(config.LOG_LEVEL, secrets, log.ofRequests) : logger;
  return { config, clock, random, logger, requestLogger, metrics, secrets };
}

function createLog(clock: Clock, metrics: Metrics): LogDestination {
  return standardOutput({ clock, onFailure: () => metrics.onLogFailure(), onLost: () => metrics.onLogLineLost() });
}

import "reflect-metadata";
import { createApp, type App } from "./app.js";
import { ConfigError, loadConfig } from "./config/config.js";
import type { Config } from "./config/settings.js";

/** How long whoever reads the log may take for its last lines. */
const LAST_LINES_MS = 1_000;

/** Reads the configuration or ends the process with everything that is wrong with it. */
export function configOrExit(env: Readonly<Record<string, string | undefined>>): Config {
  try {
    return loadConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) exitWith(error.message);
    throw error;
  }
}

/**
 * Runs the app until SIGTERM or SIGINT, then lets running cancels finish. A second signal ends the process at once.
 * @param onClosed what else has to end after the app
 * @returns its base URL
 */
export async function startApp(config: Config, onClosed: () => Promise<void> = async () => {}): Promise<string> {
  const app = createApp(config);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(app, signal, onClosed));
  process.on("SIGHUP", () => void app.reload());
  const url = await app.listen().catch((error: Error) => exitWith(`The gateway could not start: ${error.message}`));
  app.logger.info({ url: `${url}/graphql` }, "listening");
  return url;
}

async function stop(app: App, signal: NodeJS.Signals, onClosed: () => Promise<void>): Promise<void> {
  for (const again of ["SIGTERM", "SIGINT"] as const) process.on(again, () => process.exit(1));
  app.logger.info({ signal }, "shutting down");
  await app.close();
  await onClosed();
  app.logger.info("stopped");
  // By itself the process ends as soon as its last lines are written; to exit now could cut them off, an audit line among them.
  setTimeout(() => process.exit(0), LAST_LINES_MS).unref();
}

function exitWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

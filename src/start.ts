import { createApp, type App } from "./app.js";
import { type Config, ConfigError, loadConfig } from "./config/config.js";

/** The oldest Node that the gateway is tested with. */
const OLDEST_NODE_MAJOR = 24;

/** Reads the configuration or ends the process with everything that is wrong with it. */
export function configOrExit(env: Readonly<Record<string, string | undefined>>): Config {
  const [major] = process.versions.node.split(".");
  if (Number(major) < OLDEST_NODE_MAJOR)
    exitWith(`Node ${OLDEST_NODE_MAJOR} or later is needed, not ${process.version}.`);
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
 * @returns the app and its base URL
 */
export async function startApp(config: Config, onClosed: () => Promise<void> = async () => {}): Promise<string> {
  const app = createApp(config);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void stop(app, signal, onClosed));
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
  app.logger.flush(() => process.exit(0));
}

function exitWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

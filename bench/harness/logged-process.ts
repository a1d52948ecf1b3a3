import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A process whose output goes to a file: a pipe would make the one that measures read hundreds of lines a second. */
export interface LoggedProcess {
  readonly logFile: string;
  readonly child: ChildProcess;
  /** At once and without a word, as an orchestrator's last resort or a broken machine. */
  kill(): Promise<void>;
  /** Politely, so that the last lines are written. */
  stop(): Promise<void>;
  /** The first line of output that matches, as soon as it is there. @returns its first group */
  line(pattern: RegExp): Promise<string>;
}

const LOOK_EVERY_MS = 50;
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 15_000;

export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  logFile: string,
): LoggedProcess {
  const log = openSync(logFile, "w");
  const child = spawn(command, args, { env: { ...env }, stdio: ["ignore", log, log] });
  closeSync(log);
  const exit = once(child, "exit");
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null && child.kill(signal)) await exit;
  };
  const stop = async () => {
    const lastResort = setTimeout(() => child.kill("SIGKILL"), STOP_WITHIN_MS);
    await end("SIGTERM");
    clearTimeout(lastResort);
  };
  return { logFile, child, kill: () => end("SIGKILL"), stop, line: (pattern) => awaitLine(logFile, child, pattern) };
}

async function awaitLine(logFile: string, child: ChildProcess, pattern: RegExp): Promise<string> {
  for (let waitedMs = 0; waitedMs < START_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const found = pattern.exec(await readFile(logFile, "utf8"));
    if (found) return found[1] ?? "";
    if (child.exitCode !== null) break;
    await sleep(LOOK_EVERY_MS);
  }
  throw new Error(`A process did not say ${pattern}: ${(await readFile(logFile, "utf8")).slice(0, 2_000)}`);
}

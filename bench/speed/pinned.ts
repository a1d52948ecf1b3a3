import { execFileSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { type LoggedProcess, startProcess } from "../harness/logged-process.ts";

/** The server has this core to itself; the load and the upstream share the other. */
const SERVER_CORE = 0;
const LOAD_CORE = 1;

/** Two cores, and Linux' own means of keeping processes on them: without either, all share what there is. */
export const isPinned = availableParallelism() > 1 && hasTaskset();

function hasTaskset(): boolean {
  try {
    execFileSync("taskset", ["-cp", String(process.pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** This process, which makes the load, with all its threads. */
export function pinThisProcess(): void {
  if (isPinned) execFileSync("taskset", ["-a", "-cp", String(LOAD_CORE), String(process.pid)], { stdio: "ignore" });
}

export interface Program {
  readonly command?: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

export function startServer(program: Program): LoggedProcess {
  return startOn(SERVER_CORE, program);
}

export function startUpstream(program: Program): LoggedProcess {
  return startOn(LOAD_CORE, program);
}

function startOn(core: number, { command = process.execPath, args, env, logFile }: Program): LoggedProcess {
  const path = { PATH: process.env["PATH"] ?? "", NODE_ENV: "production" };
  const [first, all] = isPinned ? ["taskset", ["-c", String(core), command, ...args]] : [command, args];
  return startProcess(first, all, { ...path, ...env }, logFile);
}

import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { type LoggedProcess, startProcess } from "../harness/logged-process.ts";

/** A Redis of the drill's own, which can be killed and brought back at the same address, as empty as a new one. */
export interface DrillRedis {
  readonly url: string;
  kill(): Promise<void>;
  comeBack(): Promise<void>;
  stop(): Promise<void>;
}

const BINARY = "redis-server";

export function hasRedis(): boolean {
  return spawnSync(BINARY, ["--version"]).status === 0;
}

export async function startRedis(logFile: string): Promise<DrillRedis> {
  const port = await freePort();
  const start = async (): Promise<LoggedProcess> => {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
    const started = startProcess(BINARY, args, { PATH: process.env["PATH"] ?? "" }, logFile);
    await started.line(/(Ready to accept connections)/);
    return started;
  };
  let running = await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill: () => running.kill(),
    comeBack: async () => {
      running = await start();
    },
    stop: () => running.stop(),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}

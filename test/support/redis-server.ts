import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { describeWhere } from "./describe-where.js";
import { freePort } from "./free-port.js";

/** Redis and Valkey understand the same arguments, and say the same when they are ready. */
const SERVER = process.env["REDIS_SERVER"] ?? "redis-server";
const hasServer = spawnSync(SERVER, ["--version"]).status === 0;

/** Tests with a real server. Without one they are skipped, by name and with the reason; where REQUIRE_REDIS is set, they fail. */
export function describeWithRedis(name: string, tests: () => void): void {
  const reason = `There is no "${SERVER}" to be run; REDIS_SERVER may name a Redis or Valkey server.`;
  describeWhere(hasServer || Boolean(process.env["REQUIRE_REDIS"]), reason, name, tests);
}

/** A Redis of the test's own, which keeps nothing when it ends. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string;
  /** At once, as if its machine had lost its power. */
  kill(): Promise<void>;
  /** Again after `kill`, empty, at the same address. */
  restart(): Promise<void>;
  /** It hears, and does not answer, until it is resumed. */
  freeze(): void;
  resume(): void;
}

export async function startRedis(): Promise<RedisServer> {
  const port = await freePort();
  let child = await run(port);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGKILL");
    await ended;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    restart: async () => {
      child = await run(port);
    },
    freeze: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    [Symbol.asyncDispose]: kill,
  };
}

async function run(port: number): Promise<ChildProcess> {
  const settings = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn(SERVER, settings, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout });
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    lines.on("line", (line) => {
      said.push(line);
      if (line.includes("Ready to accept connections")) resolve();
    });
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`${SERVER} ended:\n${said.join("\n")}`)));
  });
  return child;
}

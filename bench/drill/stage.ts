import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type LoggedProcess, startProcess } from "../harness/logged-process.ts";
import { type Replica, replicaAt } from "./exchange.ts";
import { klaviyoControl, type KlaviyoControl } from "./klaviyo-control.ts";
import { type DrillRedis, hasRedis, startRedis } from "./redis.ts";
import type { ScenarioOptions } from "./scenario.ts";

/** All processes of one drill, running. */
export interface Stage extends AsyncDisposable {
  readonly klaviyo: KlaviyoControl;
  readonly redis: DrillRedis | undefined;
  readonly replicas: readonly Replica[];
  /** In the order of the replicas. */
  readonly processes: readonly LoggedProcess[];
  /** What is not there, and why. */
  readonly notes: readonly string[];
}

const KEY = "pk_drill_0123456789abcdef";

/** Starts the simulator, Redis where it can be used, and the replicas. Disposing ends every one of them. */
export async function setStage({ kind, replicaCount, env: own, root, logs }: ScenarioOptions): Promise<Stage> {
  const running = new AsyncDisposableStack();
  const logOf = (part: string) => join(logs, `${kind}-${replicaCount}-${part}.log`);
  const start = (part: string, program: string, env: Readonly<Record<string, string>>) => {
    const started = startProcess(process.execPath, [join(root, program)], env, logOf(part));
    running.defer(() => started.stop());
    return started;
  };
  try {
    const simulator = start("simulator", "dist/simulator/main.js", { SIMULATOR_PORT: "0" });
    const klaviyoUrl = await simulator.line(/Klaviyo simulator on (\S+)/);
    const klaviyo = klaviyoControl(klaviyoUrl);
    running.defer(klaviyo.close);
    const missing = kind === "gateway" ? await whyNoRedis(root) : undefined;
    const redis = kind === "gateway" && missing === undefined ? await startRedis(logOf("redis")) : undefined;
    if (redis) running.defer(redis.stop);
    const env = {
      KLAVIYO_API_KEY: KEY,
      KLAVIYO_BASE_URL: klaviyoUrl,
      PORT: "0",
      ...own,
      ...(redis && { REDIS_URL: redis.url, REPLICAS: String(replicaCount) }),
      ALLOW_UNAUTHENTICATED: "true",
    };
    const program = kind === "gateway" ? "dist/main.js" : "bench/drill/plain-proxy.ts";
    const names = Array.from({ length: replicaCount }, (_, index) => `replica-${index + 1}`);
    const processes = names.map((name) => start(name, program, env));
    const replicas = await Promise.all(processes.map((started, index) => replicaOf(started, names[index] ?? "")));
    for (const replica of replicas) running.defer(replica.close);
    const notes = missing === undefined ? [] : [missing];
    return { klaviyo, redis, replicas, processes, notes, [Symbol.asyncDispose]: () => running.disposeAsync() };
  } catch (error) {
    await running.disposeAsync();
    throw error;
  }
}

async function replicaOf(started: LoggedProcess, name: string): Promise<Replica> {
  return replicaAt(name, await started.line(/(http:\/\/127\.0\.0\.1:\d+)(?:\/graphql|\s)/));
}

async function whyNoRedis(root: string): Promise<string | undefined> {
  if (!(await readFile(join(root, "dist/config/settings.js"), "utf8")).includes("REDIS_URL"))
    return "without Redis: this build of the gateway has no setting for it, so replicas share nothing.";
  return hasRedis() ? undefined : "without Redis: there is no redis-server on this machine, so replicas share nothing.";
}

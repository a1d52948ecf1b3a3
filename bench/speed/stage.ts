import { join } from "node:path";
import type { LoggedProcess } from "../harness/logged-process.ts";
import { type Contestant, CONTESTANTS } from "./contestants.ts";
import { askOnce } from "./load/run-load.ts";
import { getRequest, graphqlRequest } from "./load/http-request.ts";
import { pinThisProcess, startServer, startUpstream } from "./pinned.ts";
import type { Workload } from "./workloads.ts";

export interface Upstream {
  readonly url: string;
  /** Begins to count anew. @returns calls since the last time */
  begin(latencyMs: number): Promise<number>;
  stop(): Promise<void>;
}

/** A contestant that listens. */
export interface Runner {
  readonly contestant: Contestant;
  readonly port: number;
  readonly process: LoggedProcess;
}

export async function startKlaviyo(root: string, logs: string): Promise<Upstream> {
  const args = [join(root, "bench/speed/upstream/main.ts")];
  const process = startUpstream({ args, env: {}, logFile: join(logs, "upstream.log") });
  const url = await process.line(/upstream on (\S+)/);
  const port = portOf(url);
  const begin = async (latencyMs: number) => {
    const { body } = await askOnce(port, getRequest(`/control?latencyMs=${latencyMs}`));
    return (JSON.parse(body) as { readonly calls: number }).calls;
  };
  return { url, begin, stop: () => process.stop() };
}

/** @throws Error with what it printed, when it does not listen */
export async function startContestant(
  contestant: Contestant,
  { root, logs, upstreamUrl, env, nodeOptions = [] }: StageOptions,
): Promise<Runner> {
  const urls = { UPSTREAM_URL: upstreamUrl, KLAVIYO_BASE_URL: upstreamUrl };
  const process = startServer({
    args: [...nodeOptions, join(root, contestant.program)],
    env: { ...urls, ...contestant.env, ...(contestant.program === "dist/main.js" && env) },
    logFile: join(logs, `${contestant.name}.log`),
  });
  try {
    const port = portOf(await process.line(/(http:\/\/(?:127\.0\.0\.1|localhost|0\.0\.0\.0):\d+)/));
    return { contestant, port, process };
  } catch (error) {
    await process.stop();
    throw error;
  }
}

/** The gateway alone, over an upstream of its own. */
export interface GatewayStage {
  readonly upstream: Upstream;
  readonly gateway: Runner;
}

/** @param running what stops both at its end */
export async function startGateway(root: string, logs: string, running: AsyncDisposableStack): Promise<GatewayStage> {
  const upstream = await startKlaviyo(root, logs);
  running.defer(() => upstream.stop());
  const contestant = CONTESTANTS.find(({ name }) => name === "gateway");
  if (!contestant) throw new Error("There is no gateway among the contestants.");
  const gateway = await startContestant(contestant, { root, logs, upstreamUrl: upstream.url, env: {} });
  running.defer(() => gateway.process.stop());
  pinThisProcess();
  await upstream.begin(0);
  return { upstream, gateway };
}

/** Requests of some workloads in turns, no two alike but where a workload repeats itself. */
export function inTurns(workloads: readonly Workload[]): () => string {
  let index = 0;
  return () => {
    index += 1;
    const workload = workloads[index % workloads.length];
    return workload ? graphqlRequest(workload.query, workload.variables(index)) : "";
  };
}

export interface StageOptions {
  readonly root: string;
  readonly logs: string;
  readonly upstreamUrl: string;
  readonly env: Readonly<Record<string, string>>;
  /** For Node itself. */
  readonly nodeOptions?: readonly string[];
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

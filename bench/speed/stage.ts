import { join } from "node:path";
import type { LoggedProcess } from "../harness/logged-process.ts";
import type { Contestant } from "./contestants.ts";
import { askOnce } from "./load/run-load.ts";
import { getRequest } from "./load/http-request.ts";
import { startServer, startUpstream } from "./pinned.ts";

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

import { createApp } from "../../src/app.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/simulator.js";
import { type GraphqlAnswer, post, testConfig } from "./gateway.js";

export interface Replica {
  readonly url: string;
  /** Every log line so far, as it was written. */
  readonly rawLogs: readonly string[];
  readonly logs: readonly Record<string, unknown>[];
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export interface Replicas extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly klaviyoUrl: string;
  readonly each: readonly Replica[];
}

/** So many gateways over one simulated Klaviyo, in real time: Redis cannot be told to hold still. */
export async function startReplicas(
  count: number,
  env: Readonly<Record<string, string>>,
  options: SimulatorOptions,
): Promise<Replicas> {
  const simulator = createSimulator(options);
  const KLAVIYO_BASE_URL = await simulator.listen();
  const config = { KLAVIYO_BASE_URL, REPLICAS: String(count), ...env };
  const each = await Promise.all(Array.from({ length: count }, () => startReplica(config)));
  const close = async () => {
    await Promise.all(each.map((replica) => replica.close()));
    await simulator.close();
  };
  return { simulator, klaviyoUrl: KLAVIYO_BASE_URL, each, [Symbol.asyncDispose]: close };
}

async function startReplica(env: Readonly<Record<string, string>>): Promise<Replica> {
  const rawLogs: string[] = [];
  const app = createApp(testConfig(env), {
    // The event loop is that of the tests and of all replicas, and may be late for reasons of its own: none of them is to refuse anything for it.
    loopDelayMs: () => 0,
    logDestination: { write: (line) => void rawLogs.push(line) },
  });
  const url = await app.listen();
  return {
    url,
    rawLogs,
    get logs() {
      return rawLogs.map((line) => JSON.parse(line));
    },
    query: (query, variables, headers) => post(url, { query, variables }, headers),
    close: () => app.close(),
  };
}

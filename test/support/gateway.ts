import { createApp } from "../../src/app.js";
import { loadConfig } from "../../src/config/config.js";
import type { Config } from "../../src/config/settings.js";
import { createSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/simulator.js";
import { HeldClock } from "./held-clock.js";
import { watchRequests } from "./watch-requests.js";

export const API_KEY = "pk_test_0123456789abcdef";

/** For tests that are about what one failure costs: reads are not tried again. */
export const ONE_ATTEMPT = { KLAVIYO_READ_ATTEMPTS: "1" } as const;

export interface GraphqlAnswer {
  readonly status: number;
  readonly headers: Headers;
  // Tests read answers as deep as they like; what is not there fails the expectation.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface TestGateway extends AsyncDisposable {
  /** The base URL; GraphQL is at `${url}/graphql`. */
  readonly url: string;
  readonly clock: HeldClock;
  readonly simulator: Simulator;
  readonly simulatorUrl: string;
  /** Every log line so far, parsed. */
  readonly logs: readonly Record<string, unknown>[];
  /** Every log line so far, as it was written. */
  readonly rawLogs: readonly string[];
  /** POSTs one operation. */
  query(query: string, variables?: object, headers?: Record<string, string>): Promise<GraphqlAnswer>;
  close(): Promise<void>;
}

export interface TestGatewayOptions {
  readonly clock?: HeldClock;
  readonly simulator?: SimulatorOptions;
  /** Environment variables on top of the test's defaults. */
  readonly env?: Readonly<Record<string, string>>;
  /** How late the event loop is; it is not, unless a test says so. */
  readonly loopDelayMs?: () => number;
  /** Told of each log line as it is written; what it throws is thrown at whoever logs. */
  readonly onLog?: (line: string) => void;
  /** Another upstream than the simulator. */
  readonly upstreamUrl?: string;
}

/**
 * The whole app over a simulated Klaviyo, both on loopback, both on one clock that the test holds. Neither limits calls unless the
 * simulator is told to: where time stands still, a limit would never have room again. Every request that the gateway has sent is
 * held against Klaviyo's OpenAPI document when the gateway closes, which throws if one does not fit.
 */
export async function startGateway(options: TestGatewayOptions = {}): Promise<TestGateway> {
  const clock = options.clock ?? new HeldClock();
  const { limits = "off" } = options.simulator ?? {};
  const simulator = createSimulator({ now: () => clock.trueMs(), ...options.simulator, limits });
  const simulatorUrl = await simulator.listen();
  const requireValidRequests = watchRequests(simulator);
  const rawLogs: string[] = [];
  const env = {
    KLAVIYO_BASE_URL: options.upstreamUrl ?? simulatorUrl,
    ...(limits === "off" && { KLAVIYO_LIMITS: limits }),
    // `npm run test:interpreted` runs every test the other way.
    COMPILED_OPERATIONS: process.env["COMPILED_OPERATIONS"] ?? "on",
    // Where time stands still, nothing in it would ever grow old.
    KLAVIYO_CACHE: "off",
  };
  const app = createApp(testConfig({ ...env, ...options.env }), {
    clock,
    random: () => 1,
    loopDelayMs: options.loopDelayMs ?? (() => 0),
    logDestination: {
      write: (line) => {
        rawLogs.push(line);
        options.onLog?.(line);
      },
    },
  });
  const url = await app.listen();
  const close = async () => {
    await app.close();
    await simulator.close();
    requireValidRequests();
  };
  return {
    url,
    clock,
    simulator,
    simulatorUrl,
    rawLogs,
    get logs() {
      return rawLogs.map((line) => JSON.parse(line));
    },
    query: (query, variables, headers) => post(url, { query, variables }, headers),
    close,
    [Symbol.asyncDispose]: close,
  };
}

export function testConfig(env: Readonly<Record<string, string>> = {}): Config {
  return loadConfig({
    NODE_ENV: "development",
    PORT: "0",
    KLAVIYO_API_KEY: API_KEY,
    ALLOW_UNAUTHENTICATED: "true",
    LOG_LEVEL: "debug",
    ...env,
  });
}

/** POSTs a GraphQL request as any client does. */
export async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<GraphqlAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

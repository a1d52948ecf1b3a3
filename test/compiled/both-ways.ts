import type { Fault } from "../../src/simulator/simulator.js";
import { startWithExamples } from "../suites/operation-examples.js";
import { type CompiledRuns, compiledRuns } from "../support/compiled-runs.js";
import type { TestGateway } from "../support/gateway.js";

/** What is on the wire of one answer, but for what differs from one request to the next. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const NEVER_THE_SAME = ["date", "x-request-id"];

export async function ask(
  { url }: TestGateway,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<WireAnswer> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
  const kept = [...response.headers].filter(([name]) => !NEVER_THE_SAME.includes(name));
  const text = await response.text();
  return {
    status: response.status,
    headers: Object.fromEntries(kept),
    body: text.replaceAll(/"(?:incidentId|klaviyoErrorId)":"[^"]+"|Incident [^"]+\./g, "an id"),
  };
}

/** Two gateways over two accounts that are alike; one of them runs operations compiled. */
export class BothWays implements AsyncDisposable {
  private constructor(
    readonly compiled: TestGateway,
    readonly interpreted: TestGateway,
  ) {}

  static async start(env: Readonly<Record<string, string>> = {}): Promise<BothWays> {
    const compiled = await startWithExamples({ METRICS_PORT: "0", COMPILED_OPERATIONS: "on", ...env });
    const interpreted = await startWithExamples({ COMPILED_OPERATIONS: "off", ...env });
    return new BothWays(compiled, interpreted);
  }

  addFault(fault: Fault): void {
    for (const { simulator } of [this.compiled, this.interpreted]) simulator.addFault(fault);
  }

  /** @returns both answers to the same request, and to the same one again */
  async ask(body: string, headers?: Readonly<Record<string, string>>): Promise<readonly [WireAnswer, WireAnswer]> {
    return [await ask(this.compiled, body, headers), await ask(this.interpreted, body, headers)];
  }

  /** The calls that both have made of Klaviyo since they were started. */
  calls(): readonly [string[], string[]] {
    const [a = [], b = []] = [this.compiled, this.interpreted].map(({ simulator }) =>
      simulator.requests.map(({ method, path }) => `${method} ${path}`),
    );
    return [a, b];
  }

  /** How many operations were answered by the first without Apollo Server until now. */
  runs(): Promise<CompiledRuns> {
    return compiledRuns(this.compiled);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.compiled.close();
    await this.interpreted.close();
  }
}

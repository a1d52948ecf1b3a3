import { faultOf, requestOf } from "./check-answer.ts";
import type { BenchOptions } from "./options.ts";
import { runLoad } from "./load/run-load.ts";
import { cpuMsOf, rssMibOf } from "./process-use.ts";
import type { Runner, Upstream } from "./stage.ts";
import type { Workload } from "./workloads.ts";

/** One contestant with one workload in one round. */
export interface Turn {
  readonly contestant: string;
  readonly workload: string;
  readonly requestsPerSecond: number;
  readonly latenciesMs: readonly number[];
  readonly answered: number;
  readonly errors: number;
  readonly upstreamCalls: number;
  /** The server's own time for one request, undefined where the system does not say. */
  readonly cpuUsPerRequest: number | undefined;
}

export interface Measured {
  readonly turns: readonly Turn[];
  readonly peakRssMib: ReadonlyMap<string, number | undefined>;
  /** Who did not take part in what, and why. */
  readonly leftOut: readonly string[];
}

/** What runs for days is not measured in its first seconds, when V8 has not compiled yet what it is going to. */
const WARM_UP_MS = 1_500;
/** Nor is what comes after the seconds in which it was the others' turn: V8 tidies up when nothing happens. */
const WARM_AGAIN_MS = 150;

type Pair = readonly [Runner, Workload];

/** All take turns, in another order in each round, so that what disturbs the machine disturbs all of them alike. */
export async function measure(
  runners: readonly Runner[],
  upstream: Upstream,
  options: BenchOptions,
): Promise<Measured> {
  const { rounds, turnMs } = options;
  let index = 0;
  const nextIndex = () => (index += 1);
  const { pairs, leftOut } = await whoTakesPart(runners, upstream, options, nextIndex);
  const turns: Turn[] = [];
  const takeTurn = (pair: Pair, ms: number) => turnOf(pair, upstream, { clients: options.clients, ms, nextIndex });
  for (const pair of pairs) await takeTurn(pair, WARM_UP_MS);
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`round ${round + 1} of ${rounds} ...\n`);
    for (const pair of rotated(pairs, round * runners.length)) {
      await takeTurn(pair, WARM_AGAIN_MS);
      turns.push(await takeTurn(pair, turnMs));
    }
  }
  const peaks = runners.map(async (runner) => {
    return [runner.contestant.name, await rssMibOf(runner.process.child.pid, "VmHWM")] as const;
  });
  return { turns, peakRssMib: new Map(await Promise.all(peaks)), leftOut };
}

/** Those that answer a workload as they should. */
async function whoTakesPart(
  runners: readonly Runner[],
  upstream: Upstream,
  { workloads }: BenchOptions,
  nextIndex: () => number,
): Promise<{ readonly pairs: readonly Pair[]; readonly leftOut: readonly string[] }> {
  const pairs: Pair[] = [];
  const leftOut: string[] = [];
  for (const workload of workloads) {
    await upstream.begin(workload.latencyMs ?? 0);
    for (const runner of runners) {
      const fault = await faultOf(runner, workload, nextIndex()).catch(String);
      if (fault === undefined) pairs.push([runner, workload]);
      else leftOut.push(`${runner.contestant.name} in ${workload.name}: ${fault}`);
    }
  }
  return { pairs, leftOut };
}

async function turnOf(
  [runner, workload]: Pair,
  upstream: Upstream,
  { clients, ms, nextIndex }: { readonly clients: number; readonly ms: number; readonly nextIndex: () => number },
): Promise<Turn> {
  const next = () => requestOf(runner, workload, nextIndex()) ?? "";
  await upstream.begin(workload.latencyMs ?? 0);
  const cpuBefore = await cpuMsOf(runner.process.child.pid);
  const result = await runLoad({ port: runner.port, clients: workload.clients ?? clients, ms, next });
  const cpuAfter = await cpuMsOf(runner.process.child.pid);
  const upstreamCalls = await upstream.begin(0);
  const cpuMs = cpuBefore === undefined || cpuAfter === undefined ? undefined : cpuAfter - cpuBefore;
  return {
    contestant: runner.contestant.name,
    workload: workload.name,
    requestsPerSecond: result.answered / result.seconds,
    latenciesMs: result.latenciesMs,
    answered: result.answered,
    errors: result.errors,
    upstreamCalls,
    cpuUsPerRequest: cpuMs && (cpuMs * 1_000) / result.answered,
  };
}

function rotated<T>(all: readonly T[], by: number): readonly T[] {
  const start = all.length === 0 ? 0 : (by * 7 + 3) % all.length;
  return [...all.slice(start), ...all.slice(0, start)];
}

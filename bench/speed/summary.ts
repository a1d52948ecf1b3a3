import { medianOf, percentile } from "../report/percentile.ts";
import type { Turn } from "./measure.ts";

/** What all rounds of one contestant with one workload come to. */
export interface Score {
  readonly contestant: string;
  readonly workload: string;
  /** The median of the rounds. */
  readonly requestsPerSecond: number;
  /** The median of the rounds' shares: each is of the floor in the same round. */
  readonly shareOfFloor: number | undefined;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly callsPerRequest: number;
  readonly cpuUsPerRequest: number | undefined;
  readonly errors: number;
}

export function summarize(turns: readonly Turn[]): readonly Score[] {
  const keys = [...new Set(turns.map((turn) => `${turn.workload} ${turn.contestant}`))];
  return keys.map((key) => {
    const [workload = "", contestant = ""] = key.split(" ");
    const own = turnsOf(turns, workload, contestant);
    const floor = turnsOf(turns, workload, "floor");
    const latenciesMs = own.flatMap((turn) => turn.latenciesMs);
    const shares = own.flatMap((turn, round) => {
      const whole = floor[round]?.requestsPerSecond;
      return whole ? [turn.requestsPerSecond / whole] : [];
    });
    return {
      contestant,
      workload,
      requestsPerSecond: medianOf(own.map((turn) => turn.requestsPerSecond)) ?? 0,
      shareOfFloor: medianOf(shares),
      p50Ms: percentile(latenciesMs, 0.5) ?? 0,
      p99Ms: percentile(latenciesMs, 0.99) ?? 0,
      callsPerRequest: sum(own.map((turn) => turn.upstreamCalls)) / Math.max(1, sum(own.map((turn) => turn.answered))),
      cpuUsPerRequest: medianOf(own.flatMap(({ cpuUsPerRequest }) => cpuUsPerRequest ?? [])),
      errors: sum(own.map((turn) => turn.errors)),
    };
  });
}

function turnsOf(turns: readonly Turn[], workload: string, contestant: string): readonly Turn[] {
  return turns.filter((turn) => turn.workload === workload && turn.contestant === contestant);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

import { markdownTable } from "../report/markdown-table.ts";
import type { Contestant } from "./contestants.ts";
import type { Measured } from "./measure.ts";
import type { Score } from "./summary.ts";
import type { Workload } from "./workloads.ts";

/** Shares of the floor, a column for each workload; and below it a table of its own for each. */
export function tablesOf(
  scores: readonly Score[],
  measured: Measured,
  contestants: readonly Contestant[],
  workloads: readonly Workload[],
): string {
  const scoreOf = (workload: Workload, { name }: Contestant) =>
    scores.find((score) => score.workload === workload.name && score.contestant === name);
  const shares = contestants.map((contestant) => [
    contestant.title,
    ...workloads.map((workload) => fixed(scoreOf(workload, contestant)?.shareOfFloor, 2)),
    fixed(measured.peakRssMib.get(contestant.name), 0),
  ]);
  const overview = markdownTable(["Share of the floor", ...workloads.map(({ name }) => name), "Peak RSS, MiB"], shares);
  const details = workloads.map((workload) => {
    const rows = contestants.flatMap((contestant) => {
      const score = scoreOf(workload, contestant);
      return score ? [rowOf(contestant, score)] : [];
    });
    return `**${workload.name}**: ${workload.title}\n\n${markdownTable(HEAD, rows)}`;
  });
  return [overview, ...details].join("\n\n");
}

const HEAD = ["", "Requests/s", "Share", "p50, ms", "p99, ms", "Calls a request", "CPU, µs a request", "Errors"];

function rowOf({ title }: Contestant, score: Score): readonly string[] {
  return [
    title,
    fixed(score.requestsPerSecond, 0),
    fixed(score.shareOfFloor, 2),
    fixed(score.p50Ms, 1),
    fixed(score.p99Ms, 1),
    fixed(score.callsPerRequest, 2),
    fixed(score.cpuUsPerRequest, 0),
    String(score.errors),
  ];
}

function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? "-" : value.toFixed(digits);
}

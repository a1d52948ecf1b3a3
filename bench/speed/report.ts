import { cpus } from "node:os";
import type { Measured } from "./measure.ts";
import type { BenchOptions } from "./options.ts";
import { isPinned } from "./pinned.ts";
import type { Contestant } from "./contestants.ts";
import type { Score } from "./summary.ts";
import { tablesOf } from "./table.ts";

/** What one run showed: how it was run, the tables, and who did not take part. */
export function reportOf(
  scores: readonly Score[],
  measured: Measured,
  contestants: readonly Contestant[],
  options: BenchOptions,
): string {
  const { rounds, turnMs, clients, command, env } = options;
  const settings = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const cores = isPinned
    ? "a core for the server, another for load and upstream"
    : "not pinned: all share the machine's cores";
  const machine = `Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model.trim()}), ${cores}.`;
  const how = `\`${[command, ...settings].join(" ")}\`: ${rounds} rounds of ${turnMs} ms, ${clients} clients. ${machine}`;
  const leftOut = measured.leftOut.map((line) => `- ${line.replaceAll(/\s+/g, " ").replaceAll("`", "'")}`).join("\n");
  return [
    how,
    tablesOf(scores, measured, contestants, options.workloads),
    ...(leftOut ? [`Left out, and why:\n\n${leftOut}`] : []),
  ].join("\n\n");
}

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSection } from "../report/write-section.ts";
import { readOptions } from "./options.ts";
import { missedGoals } from "./goals.ts";
import { plotOf } from "./plot.ts";
import { reportOf } from "./report.ts";
import { runScenario } from "./scenario.ts";
import { summarize } from "./summary.ts";
import { type Column, titleOf } from "./table.ts";

// An entry point: `npm run drill`.
const root = join(import.meta.dirname, "../..");
const results = join(root, "bench/results");
const options = readOptions(process.argv.slice(2));
await mkdir(results, { recursive: true });
const columns: Column[] = [];
for (const { kind, replicaCount } of options.scenarios) {
  const { seconds, frontends, seed, env } = options;
  process.stderr.write(`${kind}, ${replicaCount} of it ...\n`);
  const result = await runScenario({ kind, replicaCount, seconds, frontends, seed, env, root, logs: results });
  columns.push({ result, summary: summarize(result.record) });
}
const report = reportOf(columns, options);
const plot = plotOf(columns);
const numbers = columns.map(({ result, summary }) => ({
  name: titleOf(result),
  options: { ...result.options, root: undefined, logs: undefined },
  notes: result.notes,
  summary,
  audit: result.audit,
  cancels: result.record.cancels,
  traffic: result.record.traffic,
}));
await writeFile(join(results, "drill.json"), JSON.stringify(numbers, undefined, 2));
await writeFile(join(results, "drill.svg"), plot);
if (columns.some((column) => missedGoals(column).length > 0)) process.exitCode = 1;
if (options.writesDocs) {
  await writeSection(join(root, "docs/drill.md"), "drill", report);
  await writeFile(join(root, "docs/drill.svg"), plot);
}
process.stdout.write(
  `${report}\n\nThe numbers are in bench/results/drill.json, the plot is in bench/results/drill.svg.\n`,
);

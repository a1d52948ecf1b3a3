import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { measure } from "./measure.ts";
import { readOptions } from "./options.ts";
import { pinThisProcess } from "./pinned.ts";
import { type Runner, startContestant, startKlaviyo } from "./stage.ts";
import { summarize } from "./summary.ts";
import { tablesOf } from "./table.ts";

// An entry point: `npm run bench`.
const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
const options = readOptions(process.argv.slice(2));
await mkdir(logs, { recursive: true });
await using running = new AsyncDisposableStack();
const upstream = await startKlaviyo(root, logs);
running.defer(() => upstream.stop());
const runners: Runner[] = [];
const leftOut: string[] = [];
for (const contestant of options.contestants) {
  const missing = contestant.isMissing?.(root);
  if (missing !== undefined) {
    leftOut.push(`${contestant.name}: ${missing}`);
    continue;
  }
  try {
    const runner = await startContestant(contestant, { root, logs, upstreamUrl: upstream.url, env: options.env });
    running.defer(() => runner.process.stop());
    runners.push(runner);
  } catch (error) {
    leftOut.push(`${contestant.name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
pinThisProcess();
const measured = await measure(runners, upstream, options);
const scores = summarize(measured.turns);
const contestants = runners.map(({ contestant }) => contestant);
await writeFile(join(logs, "bench.json"), JSON.stringify({ scores, leftOut }, undefined, 2));
process.stdout.write(`${tablesOf(scores, measured, contestants, options.workloads)}\n\n`);
for (const line of [...leftOut, ...measured.leftOut]) process.stdout.write(`- left out: ${line}\n`);

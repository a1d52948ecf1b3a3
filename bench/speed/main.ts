import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeSection } from "../report/write-section.ts";
import type { Contestant } from "./contestants.ts";
import { installPeers } from "./install-peers.ts";
import { measure } from "./measure.ts";
import { readOptions } from "./options.ts";
import { pinThisProcess } from "./pinned.ts";
import { plotOf } from "./plot.ts";
import { reportOf } from "./report.ts";
import { type Runner, startContestant, startKlaviyo } from "./stage.ts";
import { summarize } from "./summary.ts";

// An entry point: `npm run bench`.
const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
const options = readOptions(process.argv.slice(2));
await mkdir(logs, { recursive: true });
const peersFault = options.contestants.some(({ isPeer }) => isPeer) ? installPeers(root) : undefined;
await using running = new AsyncDisposableStack();
const upstream = await startKlaviyo(root, logs);
running.defer(() => upstream.stop());
const runners: Runner[] = [];
const leftOut: string[] = [];
for (const contestant of options.contestants) {
  const fault = whyNot(contestant) ?? (await start(contestant));
  if (fault !== undefined) leftOut.push(`${contestant.name}: ${fault}`);
}
pinThisProcess();
const measured = await measure(runners, upstream, options);
const scores = summarize(measured.turns);
const contestants = runners.map(({ contestant }) => contestant);
const all = { ...measured, leftOut: [...leftOut, ...measured.leftOut] };
const report = reportOf(scores, all, contestants, options);
const plot = plotOf(scores, contestants, options.workloads);
await writeFile(join(logs, "bench.json"), JSON.stringify({ scores, leftOut: all.leftOut }, undefined, 2));
await writeFile(join(logs, "bench.svg"), plot);
if (options.writesDocs) {
  await writeSection(join(root, "docs/performance.md"), "bench", report);
  await writeFile(join(root, "docs/performance.svg"), plot);
}
process.stdout.write(`${report}\n`);

function whyNot({ isPeer, isMissing }: Contestant): string | undefined {
  return (isPeer ? peersFault : undefined) ?? isMissing?.(root);
}

async function start(contestant: Contestant): Promise<string | undefined> {
  try {
    const runner = await startContestant(contestant, { root, logs, upstreamUrl: upstream.url, env: options.env });
    running.defer(() => runner.process.stop());
    runners.push(runner);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.slice(0, 500) : String(error);
  }
}

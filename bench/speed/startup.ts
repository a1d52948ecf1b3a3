import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { whole } from "../harness/option-values.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { medianOf } from "../report/percentile.ts";
import { writeSection } from "../report/write-section.ts";
import { GATEWAY_ENV } from "./contestants.ts";
import { runLoad } from "./load/run-load.ts";
import { rssMibOf } from "./process-use.ts";
import { inTurns, startGateway } from "./stage.ts";
import { WORKLOADS } from "./workloads.ts";

// An entry point: `npm run bench:startup`. How long until the gateway listens, and how much memory it takes: idle, and under a soak.
const { values } = parseArgs({
  options: {
    times: { type: "string", default: "9" },
    seconds: { type: "string", default: "20" },
    "write-docs": { type: "boolean", default: false },
  },
});
const times = whole("--times", values.times, 1);
const seconds = whole("--seconds", values.seconds, 1);
const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
await mkdir(logs, { recursive: true });

/** @returns milliseconds from spawning it to its word, or to its end */
async function timeOf(args: readonly string[], word?: string): Promise<number> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env: GATEWAY_ENV, stdio: ["ignore", "pipe", "ignore"] });
  const exit = once(child, "exit");
  if (word === undefined) {
    await exit;
    return performance.now() - startedAt;
  }
  for await (const chunk of child.stdout) if (String(chunk).includes(word)) break;
  const ms = performance.now() - startedAt;
  child.kill("SIGTERM");
  await exit;
  return ms;
}

const bare: number[] = [];
const listening: number[] = [];
// The first start leaves behind what it has compiled; the gateway's usual start finds it.
const first = await timeOf(["dist/main.js"], '"listening"');
for (let count = 0; count < times; count++) {
  bare.push(await timeOf(["-e", "0"]));
  listening.push(await timeOf(["dist/main.js"], '"listening"'));
}

await using running = new AsyncDisposableStack();
const { gateway } = await startGateway(root, logs, running);
const rss = () => rssMibOf(gateway.process.child.pid, "VmRSS");
await sleep(2_000);
const samples: (readonly [string, number | undefined])[] = [["idle, after 2 s", await rss()]];
const next = inTurns(WORKLOADS.slice(0, 4));
const PARTS = 4;
for (let part = 1; part <= PARTS; part++) {
  const load = await runLoad({ port: gateway.port, clients: 64, ms: (seconds * 1_000) / PARTS, next });
  if (load.errors > 0) process.stderr.write(`${load.errors} errors in part ${part} of the soak\n`);
  samples.push([`after ${Math.round((part * seconds) / PARTS)} s of W1, W1R, W2 and W3`, await rss()]);
}
await sleep(5_000);
samples.push(["idle again, after 5 s", await rss()]);

const [bareMs, listeningMs] = [medianOf(bare) ?? 0, medianOf(listening) ?? 0];
const start = markdownTable(
  ["From spawning to", "ms", "In `node -e 0`"],
  [
    ["the end of `node -e 0`, median", bareMs.toFixed(0), "1.0"],
    ["listening, the first time", first.toFixed(0), (first / bareMs).toFixed(1)],
    ["listening, median", listeningMs.toFixed(0), (listeningMs / bareMs).toFixed(1)],
    ["listening, least", Math.min(...listening).toFixed(0), (Math.min(...listening) / bareMs).toFixed(1)],
  ],
);
const memory = markdownTable(
  ["Memory", "RSS, MiB"],
  samples.map(([when, mib]) => [when, mib?.toFixed(0) ?? "not measured"]),
);
const report = `\`npm run bench:startup -- --times ${times} --seconds ${seconds}\`, Node ${process.version}.\n\n${start}\n\n${memory}`;
if (values["write-docs"]) await writeSection(join(root, "docs/performance.md"), "startup", report);
process.stdout.write(`${report}\n`);

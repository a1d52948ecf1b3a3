import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { whole } from "../harness/option-values.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { writeSection } from "../report/write-section.ts";
import { runLoad } from "./load/run-load.ts";
import { rssMibOf } from "./process-use.ts";
import { inTurns, startGateway } from "./stage.ts";
import { WORKLOADS } from "./workloads.ts";

// An entry point: `npm run bench:soak`. Whether the gateway takes more and more memory: all workloads in turns, in bursts, for an hour.
const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "60" },
    clients: { type: "string", default: "16" },
    "burst-ms": { type: "string", default: "100" },
    "rest-ms": { type: "string", default: "900" },
    "write-docs": { type: "boolean", default: false },
  },
});
const minutes = whole("--minutes", values.minutes, 1);
const clients = whole("--clients", values.clients, 1);
const burstMs = whole("--burst-ms", values["burst-ms"], 10);
const restMs = whole("--rest-ms", values["rest-ms"], 0);
const PARTS = 12;

const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
await mkdir(logs, { recursive: true });
await using running = new AsyncDisposableStack();
const { gateway } = await startGateway(root, logs, running);

const next = inTurns(WORKLOADS);
const rows: string[][] = [];
const startedAt = performance.now();
let [answered, errors] = [0, 0];
for (let part = 1; part <= PARTS; part++) {
  const endsAt = startedAt + (part * minutes * 60_000) / PARTS;
  while (performance.now() < endsAt) {
    const load = await runLoad({ port: gateway.port, clients, ms: burstMs, next });
    answered += load.answered;
    errors += load.errors;
    await sleep(restMs);
  }
  const rss = await rssMibOf(gateway.process.child.pid, "VmRSS");
  rows.push([
    `${Math.round((part * minutes) / PARTS)}`,
    String(answered),
    String(errors),
    rss?.toFixed(0) ?? "not measured",
  ]);
  process.stderr.write(`${rows.at(-1)?.join(" ")}\n`);
}
const table = markdownTable(["Minute", "Requests", "Errors", "RSS, MiB"], rows);
const command = `npm run bench:soak -- --minutes ${minutes} --clients ${clients} --burst-ms ${burstMs} --rest-ms ${restMs}`;
const report = `\`${command}\`, Node ${process.version}.\n\n${table}`;
if (values["write-docs"]) await writeSection(join(root, "docs/performance.md"), "soak", report);
process.stdout.write(`${report}\n`);

import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { whole } from "../harness/option-values.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { writeSection } from "../report/write-section.ts";
import { type CpuProfile, budgetOf } from "./budget.ts";
import { type Garbage, garbageIn } from "./garbage.ts";
import { faultOf, requestOf } from "./check-answer.ts";
import { CONTESTANTS } from "./contestants.ts";
import { runLoad } from "./load/run-load.ts";
import { pinThisProcess } from "./pinned.ts";
import { cpuMsOf } from "./process-use.ts";
import { startContestant, startKlaviyo } from "./stage.ts";
import { WORKLOADS, type Workload } from "./workloads.ts";

// An entry point: `npm run bench:profile`. Where a request's microseconds go, by a CPU profile of the gateway under load.
const { values } = parseArgs({
  options: {
    workloads: { type: "string", default: "W1,W2" },
    ms: { type: "string", default: "4000" },
    "write-docs": { type: "boolean", default: false },
  },
});
const ms = whole("--ms", values.ms, 500);
const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
const gateway = CONTESTANTS.find(({ name }) => name === "gateway");
if (!gateway) throw new Error("There is no gateway among the contestants.");
await mkdir(logs, { recursive: true });
await using running = new AsyncDisposableStack();
const upstream = await startKlaviyo(root, logs);
running.defer(() => upstream.stop());
pinThisProcess();

interface Profiled {
  readonly workload: Workload;
  readonly requests: number;
  /** What the system says that the process took, for comparison. */
  readonly cpuUs: number;
  readonly spentUs: ReadonlyMap<string, number>;
  readonly garbage: Garbage;
}

async function profile(workload: Workload): Promise<Profiled> {
  if (!gateway) throw new Error("There is no gateway.");
  const folder = join(logs, `profile-${workload.name}`);
  await rm(folder, { recursive: true, force: true });
  const nodeOptions = ["--trace-gc-nvp", "--cpu-prof", "--cpu-prof-interval=200", `--cpu-prof-dir=${folder}`];
  const runner = await startContestant(gateway, { root, logs, upstreamUrl: upstream.url, env: {}, nodeOptions });
  await upstream.begin(workload.latencyMs ?? 0);
  const fault = await faultOf(runner, workload, 0);
  if (fault !== undefined) throw new Error(`${workload.name}: ${fault}`);
  let index = 0;
  const load = { port: runner.port, clients: 64, next: () => requestOf(runner, workload, (index += 1)) ?? "" };
  await runLoad({ ...load, ms: 1_500 });
  const { pid } = runner.process.child;
  const log = () => readFile(join(logs, `${gateway.name}.log`), "utf8");
  const logged = (await log()).length;
  const cpuBefore = await cpuMsOf(pid);
  const fromUs = Number(process.hrtime.bigint() / 1_000n);
  const { answered } = await runLoad({ ...load, ms });
  const untilUs = Number(process.hrtime.bigint() / 1_000n);
  const cpuUs = ((await cpuMsOf(pid)) ?? 0) * 1_000 - (cpuBefore ?? 0) * 1_000;
  const garbage = garbageIn((await log()).slice(logged));
  await runner.process.stop();
  const [file] = await readdir(folder);
  const profiled = JSON.parse(await readFile(join(folder, file ?? ""), "utf8")) as CpuProfile;
  const spentUs = budgetOf(profiled, fromUs, untilUs);
  return { workload, requests: answered, cpuUs, spentUs, garbage };
}

const results: Profiled[] = [];
for (const name of values.workloads.split(",")) {
  const workload = WORKLOADS.find((one) => one.name === name);
  if (!workload) throw new Error(`--workloads: there is no ${name}.`);
  results.push(await profile(workload));
}
const parts = [...(results[0]?.spentUs.keys() ?? [])];
const perRequest = (us: number, { requests }: Profiled) => (us / requests).toFixed(1);
const sumOf = ({ spentUs }: Profiled) => [...spentUs.values()].reduce((sum, us) => sum + us, 0);
const rows = [
  ...parts.map((part) => [part, ...results.map((result) => perRequest(result.spentUs.get(part) ?? 0, result))]),
  ["**sum of the profile**", ...results.map((result) => perRequest(sumOf(result), result))],
  ["the process' CPU time, for comparison", ...results.map((result) => perRequest(result.cpuUs, result))],
  ["of it the pauses of collections, by V8's word", ...results.map((one) => perRequest(one.garbage.pausedUs, one))],
  ["KiB allocated a request", ...results.map((one) => perRequest(one.garbage.allocatedKib, one))],
  ["KiB that outlive the young collector", ...results.map((one) => perRequest(one.garbage.promotedKib, one))],
];
const head = ["µs a request", ...results.map(({ workload }) => workload.name)];
const report = `\`npm run bench:profile -- --workloads ${values.workloads}\`, Node ${process.version}, 64 clients, profiler on.\n\n${markdownTable(head, rows)}`;
if (values["write-docs"]) await writeSection(join(root, "docs/performance.md"), "profile", report);
process.stdout.write(`${report}\n\nThe profiles are in bench/results, for Chrome's developer tools.\n`);

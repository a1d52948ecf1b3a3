import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { whole } from "../harness/option-values.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { medianOf } from "../report/percentile.ts";
import { writeSection } from "../report/write-section.ts";
import { CONTESTANTS } from "./contestants.ts";
import { plotCurves, type Curve } from "./plot-curves.ts";
import { graphqlRequest } from "./load/http-request.ts";
import { askOnce, runLoad } from "./load/run-load.ts";
import { pinThisProcess } from "./pinned.ts";
import { cpuMsOf } from "./process-use.ts";
import { type Runner, startContestant, startKlaviyo } from "./stage.ts";

// An entry point: `npm run bench:curves`. How the cost of a request grows with what is asked, and with how many ask.
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    "turn-ms": { type: "string", default: "400" },
    "write-docs": { type: "boolean", default: false },
  },
});
const rounds = whole("--rounds", values.rounds, 1);
const turnMs = whole("--turn-ms", values["turn-ms"], 100);

interface Series {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly query: (size: number) => string;
  readonly first: (size: number) => number;
  readonly clients?: (size: number) => number;
  /** Who knows the operation: the floor has but its own. */
  readonly who: readonly string[];
}

const list = (fields: string) => `query Statuses($first: Int!, $filter: CampaignFilterInput) {
  campaigns(channel: EMAIL, first: $first, filter: $filter) { nodes { ${fields} } } }`;
const repeated = (count: number, field: (index: number) => string) => Array.from({ length: count }, (_, i) => field(i));

const SERIES: readonly Series[] = [
  {
    name: "page size",
    sizes: [1, 2, 5, 10, 20, 50, 100],
    query: () => list("id status"),
    first: (size) => size,
    who: ["floor", "gateway"],
  },
  {
    name: "selected fields",
    sizes: [1, 2, 5, 10, 20, 40],
    query: (size) => list(repeated(size, (index) => `f${index}: name`).join(" ")),
    first: () => 20,
    who: ["gateway"],
  },
  {
    name: "clients at a time",
    sizes: [1, 4, 16, 64, 256, 512],
    query: () => list("id status"),
    first: () => 20,
    clients: (size) => size,
    who: ["floor", "gateway"],
  },
  {
    name: "fields in the document, all the same",
    sizes: [1, 10, 50, 100, 250],
    query: (size) => list(repeated(size, () => "status").join(" ")),
    first: () => 20,
    who: ["gateway"],
  },
];

const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
await mkdir(logs, { recursive: true });
await using running = new AsyncDisposableStack();
const upstream = await startKlaviyo(root, logs);
running.defer(() => upstream.stop());
const runners: Runner[] = [];
for (const contestant of CONTESTANTS.filter(({ name }) => name === "floor" || name === "gateway")) {
  const runner = await startContestant(contestant, { root, logs, upstreamUrl: upstream.url, env: {} });
  running.defer(() => runner.process.stop());
  runners.push(runner);
}
pinThisProcess();
await upstream.begin(0);
let index = 0;

async function cpuUsOf(runner: Runner, series: Series, size: number): Promise<number> {
  const query = series.query(size);
  const next = () => {
    const filter = { nameContains: String((index += 1)).padStart(9, "0") };
    return graphqlRequest(query, { first: series.first(size), filter });
  };
  const { status, body } = await askOnce(runner.port, next());
  if (status !== 200 || body.includes('"errors"')) throw new Error(`${series.name} ${size}: ${body.slice(0, 300)}`);
  const load = { port: runner.port, clients: series.clients?.(size) ?? 64, next };
  await runLoad({ ...load, ms: turnMs / 2 });
  const before = (await cpuMsOf(runner.process.child.pid)) ?? 0;
  const { answered } = await runLoad({ ...load, ms: turnMs });
  return ((((await cpuMsOf(runner.process.child.pid)) ?? 0) - before) * 1_000) / answered;
}

interface Place {
  readonly series: Series;
  readonly runner: Runner;
  readonly size: number;
  readonly measuredUs: number[];
}

const places: readonly Place[] = SERIES.flatMap((series) =>
  series.sizes.flatMap((size) =>
    runners
      .filter(({ contestant }) => series.who.includes(contestant.name))
      .map((runner) => ({ series, runner, size, measuredUs: [] })),
  ),
);
// The first round would else pay for what V8 has yet to compile, and does in part: the middle one of several counts, since machines have
// slow moments as well.
for (const { series, runner, size } of places) await cpuUsOf(runner, series, size);
for (let round = 0; round < rounds; round++)
  for (const { series, runner, size, measuredUs } of places) measuredUs.push(await cpuUsOf(runner, series, size));
const curves: readonly Curve[] = SERIES.flatMap((series) =>
  runners.flatMap((runner) => {
    const own = places.filter((place) => place.series === series && place.runner === runner);
    const points = own.map(({ size, measuredUs }) => [size, medianOf(measuredUs) ?? NaN] as const);
    return points.length === 0 ? [] : { series: series.name, contestant: runner.contestant.name, points };
  }),
);
const tables = SERIES.map(({ name, sizes }) => {
  const own = curves.filter(({ series }) => series === name);
  const rows = own.map(({ contestant, points }) => [contestant, ...points.map(([, us]) => us.toFixed(0))]);
  return markdownTable([`µs by ${name}`, ...sizes.map(String)], rows);
});
const command = `npm run bench:curves -- --rounds ${rounds} --turn-ms ${turnMs}`;
const report = [`\`${command}\`, Node ${process.version}.`, ...tables].join("\n\n");
const plot = plotCurves(curves);
await writeFile(join(logs, "curves.svg"), plot);
if (values["write-docs"]) {
  await writeSection(join(root, "docs/performance.md"), "curves", report);
  await writeFile(join(root, "docs/performance-curves.svg"), plot);
}
process.stdout.write(`${report}\n`);

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Agent } from "undici";
import { whole } from "../harness/option-values.ts";
import { markdownTable } from "../report/markdown-table.ts";
import { medianOf, percentile } from "../report/percentile.ts";
import { writeSection } from "../report/write-section.ts";
import { startUpstream } from "./pinned.ts";
import { selfSigned } from "./upstream/self-signed.ts";

// An entry point: `npm run bench:transport`. Which way to Klaviyo costs least, over TLS: HTTP/1.1 on how many connections, or HTTP/2.
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    "turn-ms": { type: "string", default: "1000" },
    clients: { type: "string", default: "64" },
    "write-docs": { type: "boolean", default: false },
  },
});
const rounds = whole("--rounds", values.rounds, 1);
const turnMs = whole("--turn-ms", values["turn-ms"], 100);
const clients = whole("--clients", values.clients, 1);
const root = join(import.meta.dirname, "../..");
const logs = join(root, "bench/results");
await mkdir(logs, { recursive: true });

const { key, cert } = selfSigned();
await using running = new AsyncDisposableStack();
const upstream = startUpstream({
  args: [join(root, "bench/speed/upstream/secure.ts")],
  env: { TLS_KEY: key, TLS_CERT: cert },
  logFile: join(logs, "secure.log"),
});
running.defer(() => upstream.stop());
const origin = await upstream.line(/upstream on (\S+)/);

interface Way {
  readonly title: string;
  readonly agent: Agent;
  readonly perSecond: number[];
  readonly cpuUs: number[];
  readonly latenciesMs: number[];
}

const connect = { ca: cert };
const way = (title: string, options: Agent.Options): Way => {
  const agent = new Agent({ connect, ...options });
  running.defer(() => agent.close());
  return { title, agent, perSecond: [], cpuUs: [], latenciesMs: [] };
};
const ways = [
  ...[4, 16, 64].map((connections) =>
    way(`HTTP/1.1, ${connections} connections`, { connections, pipelining: 1, allowH2: false }),
  ),
  ...[1, 4].map((connections) =>
    way(`HTTP/2, ${connections} connection${connections > 1 ? "s" : ""}`, {
      connections,
      pipelining: 100,
      allowH2: true,
    }),
  ),
];

async function takeTurn({ agent, perSecond, cpuUs, latenciesMs }: Way, ms: number, isMeasured: boolean): Promise<void> {
  const request = {
    origin,
    method: "GET",
    path: "/api/campaigns/1",
    headers: { accept: "application/vnd.api+json" },
  } as const;
  const [startedAt, cpuBefore] = [performance.now(), process.cpuUsage()];
  let count = 0;
  const client = async () => {
    while (performance.now() - startedAt < ms) {
      const askedAt = performance.now();
      const { statusCode, body } = await agent.request(request);
      await body.text();
      if (statusCode !== 200) throw new Error(`The upstream answered ${statusCode}.`);
      count += 1;
      if (isMeasured) latenciesMs.push(performance.now() - askedAt);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  if (!isMeasured) return;
  const { user, system } = process.cpuUsage(cpuBefore);
  perSecond.push((count * 1_000) / (performance.now() - startedAt));
  cpuUs.push((user + system) / count);
}

for (const one of ways) await takeTurn(one, turnMs, false);
for (let round = 0; round < rounds; round++) for (const one of ways) await takeTurn(one, turnMs, true);

const rows = ways.map(({ title, perSecond, cpuUs, latenciesMs }) => [
  title,
  (medianOf(perSecond) ?? 0).toFixed(0),
  (medianOf(cpuUs) ?? 0).toFixed(0),
  (percentile(latenciesMs, 0.5) ?? 0).toFixed(1),
  (percentile(latenciesMs, 0.99) ?? 0).toFixed(1),
]);
const table = markdownTable(["Over TLS", "Calls/s", "CPU, µs a call", "p50, ms", "p99, ms"], rows);
const report = `\`npm run bench:transport -- --rounds ${rounds} --turn-ms ${turnMs} --clients ${clients}\`, Node ${process.version}.\n\n${table}`;
if (values["write-docs"]) await writeSection(join(root, "docs/performance.md"), "transport", report);
process.stdout.write(`${report}\n`);

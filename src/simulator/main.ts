import { createDemoCampaigns } from "./seeds.js";
import { createSimulator } from "./simulator.js";

// An entry point: the one file of the simulator that reads the environment and does something when it is loaded.
const port = Number(process.env["SIMULATOR_PORT"] ?? 4010);
const host = process.env["SIMULATOR_HOST"] ?? "127.0.0.1";
const campaigns = createDemoCampaigns();
const simulator = createSimulator({ campaigns });

function fail(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  console.error(`The simulator cannot listen on ${host}:${port} (SIMULATOR_HOST, SIMULATOR_PORT): ${reason}`);
  process.exitCode = 1;
}

function describe(url: string): string {
  const ids = campaigns.map(({ id, status, name }) => `  ${id}  ${status.padEnd(26)}${name}`);
  return [
    `Klaviyo simulator on ${url}`,
    'Accepts any key that starts with "pk_" and any revision that is live today.',
    "Faults:    POST or DELETE /control/faults",
    "Requests:  GET or DELETE /control/requests",
    "Traffic:   GET or DELETE /control/traffic",
    "Campaigns: GET or POST /control/campaigns",
    ...ids,
  ].join("\n");
}

function closeOn(signal: "SIGINT" | "SIGTERM"): void {
  process.once(signal, () => void simulator.close());
}

closeOn("SIGINT");
closeOn("SIGTERM");
// A promise chain, because CommonJS knows no top-level await.
simulator.listen(port, host).then((url) => console.log(describe(url)), fail);

import { parseArgs } from "node:util";
import { settingsOf, whole } from "../harness/option-values.ts";
import { type Contestant, CONTESTANTS } from "./contestants.ts";
import { type Workload, WORKLOADS } from "./workloads.ts";

export interface BenchOptions {
  readonly contestants: readonly Contestant[];
  readonly workloads: readonly Workload[];
  readonly rounds: number;
  /** Of one contestant with one workload in one round. */
  readonly turnMs: number;
  readonly clients: number;
  /** Settings of the gateway, besides its own. */
  readonly env: Readonly<Record<string, string>>;
  readonly writesDocs: boolean;
  readonly command: string;
}

/** @throws Error that says what is accepted */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: "string", default: "" },
      workloads: { type: "string", default: "" },
      rounds: { type: "string", default: "7" },
      "turn-ms": { type: "string", default: "400" },
      clients: { type: "string", default: "64" },
      env: { type: "string", multiple: true, default: [] },
      "write-docs": { type: "boolean", default: false },
    },
  });
  return {
    contestants: chosen("--only", values.only, CONTESTANTS),
    workloads: chosen("--workloads", values.workloads, WORKLOADS),
    rounds: whole("--rounds", values.rounds, 1),
    turnMs: whole("--turn-ms", values["turn-ms"], 100),
    clients: whole("--clients", values.clients, 1),
    env: settingsOf(values.env),
    writesDocs: values["write-docs"],
    command: ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
  };
}

function chosen<T extends { readonly name: string }>(option: string, given: string, all: readonly T[]): readonly T[] {
  if (given === "") return all;
  const names = given.split(",");
  const unknown = names.filter((name) => !all.some((one) => one.name === name));
  if (unknown.length > 0)
    throw new Error(`${option} must be some of ${all.map(({ name }) => name).join()}, not "${unknown.join()}".`);
  return all.filter(({ name }) => names.includes(name));
}

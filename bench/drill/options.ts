import { parseArgs } from "node:util";
import { settingsOf, whole } from "../harness/option-values.ts";
import type { Kind } from "./scenario.ts";

export interface DrillOptions {
  readonly seconds: number;
  readonly frontends: number;
  readonly seed: number;
  readonly scenarios: readonly { readonly kind: Kind; readonly replicaCount: number }[];
  /** Settings of the gateways, besides their own. */
  readonly env: Readonly<Record<string, string>>;
  readonly writesDocs: boolean;
}

const KINDS: readonly Kind[] = ["gateway", "proxy"];
const REPLICA_COUNTS = [1, 3];
const SCENARIOS = REPLICA_COUNTS.flatMap((replicaCount) => KINDS.map((kind) => ({ kind, replicaCount })));

/** @throws Error that says what is accepted */
export function readOptions(args: readonly string[]): DrillOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "150" },
      frontends: { type: "string", default: "300" },
      seed: { type: "string", default: "1" },
      only: { type: "string", multiple: true, default: [] },
      env: { type: "string", multiple: true, default: [] },
      "write-docs": { type: "boolean", default: false },
    },
  });
  const names = SCENARIOS.map(nameOf);
  const unknown = values.only.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`--only must be one of ${names.join(", ")}, not "${unknown.join(", ")}".`);
  return {
    seconds: whole("--seconds", values.seconds, 10),
    frontends: whole("--frontends", values.frontends, 1),
    seed: whole("--seed", values.seed, 0),
    scenarios: SCENARIOS.filter((scenario) => values.only.length === 0 || values.only.includes(nameOf(scenario))),
    env: settingsOf(values.env),
    writesDocs: values["write-docs"],
  };
}

function nameOf({ kind, replicaCount }: { readonly kind: Kind; readonly replicaCount: number }): string {
  return `${kind}-${replicaCount}`;
}

import { setTimeout as sleep } from "node:timers/promises";
import { accountForAudit, type AuditAccounts } from "./accounting.ts";
import { planBlows } from "./blows.ts";
import { planPresses } from "./presses.ts";
import { readLog, type ReplicaLog } from "./read-log.ts";
import { type DrillRecord, runDrill, seedCampaigns } from "./run-drill.ts";
import { seededRandom } from "./seeded-random.ts";
import { setStage } from "./stage.ts";

export type Kind = "gateway" | "proxy";

export interface ScenarioOptions {
  readonly kind: Kind;
  readonly replicaCount: number;
  readonly seconds: number;
  readonly frontends: number;
  readonly seed: number;
  /** Settings of the gateways, besides their own. */
  readonly env: Readonly<Record<string, string>>;
  /** Where the repository is, and where logs go. */
  readonly root: string;
  readonly logs: string;
}

export interface ScenarioResult {
  readonly options: ScenarioOptions;
  readonly record: DrillRecord;
  /** undefined for a plain proxy, which keeps no audit. */
  readonly audit: AuditAccounts | undefined;
  /** By replica. */
  readonly logs: ReadonlyMap<string, ReplicaLog>;
  /** The replicas that were killed. */
  readonly killed: readonly string[];
  /** What was left out of this run, and why. */
  readonly notes: readonly string[];
}

const MINUTE_MS = 60_000;
/** Before the whole minute, so that all of it is under load. */
const HEAD_START_MS = 1_000;
/** The first half of these has a whole minute. */
const LEAST_SECONDS_FOR_BUDGET = 122;

/** Runs one drill with processes of its own, and leaves none of them behind. */
export async function runScenario(options: ScenarioOptions): Promise<ScenarioResult> {
  const { kind, seconds, seed } = options;
  await using stage = await setStage(options);
  const { klaviyo, redis, replicas, processes } = stage;
  const victim = processes.length > 1 ? processes.at(-1) : undefined;
  const presses = planPresses(seconds, seededRandom(seed));
  await seedCampaigns(klaviyo, presses);
  if (seconds >= LEAST_SECONDS_FOR_BUDGET) await untilJustBeforeMinute();
  const blows = planBlows(seconds, { klaviyo, redis, replica: victim });
  const record = await runDrill({ ...options, replicas, klaviyo, presses, blows });
  // Their last lines are written when they end.
  await Promise.all(processes.map((replica) => replica.stop()));
  const logs = new Map<string, ReplicaLog>();
  for (const [at, { name }] of replicas.entries()) logs.set(name, await readLog(name, processes[at]?.logFile ?? ""));
  const killed = victim ? replicas.slice(-1).map(({ name }) => name) : [];
  const lines = [...logs.values()].flatMap(({ audits }) => audits);
  const audit = kind === "gateway" ? accountForAudit(record, lines, killed) : undefined;
  return { options, record, audit, logs, killed, notes: [...stage.notes, ...notesOn(options)] };
}

function notesOn({ replicaCount, seconds }: ScenarioOptions): readonly string[] {
  return [
    ...(replicaCount > 1 ? [] : ["no replica is killed: there is only one."]),
    ...(seconds >= LEAST_SECONDS_FOR_BUDGET
      ? []
      : [
          `shorter than ${LEAST_SECONDS_FOR_BUDGET} s, so its first half has no whole minute to measure the budget in.`,
        ]),
  ];
}

async function untilJustBeforeMinute(): Promise<void> {
  const toMinuteMs = MINUTE_MS - (Date.now() % MINUTE_MS);
  await sleep((toMinuteMs - HEAD_START_MS + MINUTE_MS) % MINUTE_MS);
}

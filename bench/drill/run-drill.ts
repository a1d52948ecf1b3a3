import { setTimeout as sleep } from "node:timers/promises";
import type { CancelRecord } from "./cancel-record.ts";
import type { Replica } from "./exchange.ts";
import { pressButton, readOn } from "./frontends.ts";
import type { KlaviyoControl, Move, Traffic } from "./klaviyo-control.ts";
import { READ_CAMPAIGNS } from "./operations.ts";
import type { Press } from "./presses.ts";
import { ReadTally } from "./read-tally.ts";

/** Something that is done to the system in mid-drill. */
export interface Blow {
  readonly label: string;
  readonly atMs: number;
  readonly strike: () => Promise<void>;
  /** When it is over and how it is mended; left out, it lasts to the end. */
  readonly untilMs?: number;
  readonly mend?: () => Promise<void>;
}

export interface DrillSetup {
  readonly replicas: readonly Replica[];
  readonly klaviyo: KlaviyoControl;
  readonly seconds: number;
  readonly frontends: number;
  readonly presses: readonly Press[];
  readonly blows: readonly Blow[];
  readonly seed: number;
}

/** All that happened in a drill, before anybody judges it. Times are milliseconds since the epoch. */
export interface DrillRecord {
  readonly startedAtMs: number;
  readonly seconds: number;
  readonly frontends: number;
  readonly reads: ReadTally;
  readonly cancels: readonly CancelRecord[];
  readonly blows: readonly Pick<Blow, "label" | "atMs" | "untilMs">[];
  readonly traffic: Traffic;
  readonly statuses: ReadonlyMap<string, readonly Move[]>;
}

const FORGET_EVERY_MS = 1_000;
/** For the simulator to be done with connections that its clients have given up. */
const SETTLE_MS = 500;

/** Puts into Klaviyo what is read and what is stopped. It takes a while, and belongs before a drill that begins at a certain moment. */
export async function seedCampaigns(klaviyo: KlaviyoControl, presses: readonly Press[]): Promise<void> {
  for (const campaign of [...READ_CAMPAIGNS, ...presses.map(({ seed }) => seed)]) await klaviyo.addCampaign(campaign);
}

export async function runDrill(setup: DrillSetup): Promise<DrillRecord> {
  const { klaviyo, seconds, frontends, presses, blows, replicas, seed } = setup;
  const startedAtMs = Date.now();
  const reads = new ReadTally();
  const end = new AbortController();
  const readers = Array.from({ length: frontends }, (_, index) =>
    readOn({ index, replicas, seed }, reads, { startedAtMs, signal: end.signal }),
  );
  const cancels = presses.map(async (press, index) => {
    await sleep(press.atMs);
    return pressButton(press, replicas, seed + index);
  });
  const struck = blows.map((blow) => carryOut(blow));
  const forgetting = forgetUntil(klaviyo, end.signal);
  await sleep(seconds * 1000);
  end.abort();
  await Promise.all([...readers, ...struck, forgetting]);
  const pressed = await Promise.all(cancels);
  await klaviyo.clearFaults();
  await sleep(SETTLE_MS);
  const [traffic, statuses] = await Promise.all([klaviyo.traffic(), klaviyo.statuses()]);
  return { startedAtMs, seconds, frontends, reads, cancels: pressed, blows, traffic, statuses };
}

async function carryOut({ atMs, strike, untilMs, mend }: Blow): Promise<void> {
  await sleep(atMs);
  await strike();
  if (untilMs === undefined || !mend) return;
  await sleep(untilMs - atMs);
  await mend();
}

async function forgetUntil(klaviyo: KlaviyoControl, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await klaviyo.forgetRequests();
    await sleep(FORGET_EVERY_MS, undefined, { signal }).catch(() => {});
  }
}

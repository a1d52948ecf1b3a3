import { setTimeout as sleep } from "node:timers/promises";
import { claimOf, type CancelRecord, type Click } from "./cancel-record.ts";
import type { Ending, Replica } from "./exchange.ts";
import { cancelOf, nextRead } from "./operations.ts";
import type { Press } from "./presses.ts";
import { pick, seededRandom } from "./seeded-random.ts";
import type { ReadTally } from "./read-tally.ts";

/** A read goes elsewhere at once when nobody listens; if nobody listens anywhere, a browser would not ask faster than this. */
const NOBODY_THERE_MS = 100;
/** Between a click that was told nothing and the next. */
const CLICK_AGAIN_MS = 50;
const CLICKS_AT_MOST = 20;

export interface Frontend {
  readonly index: number;
  readonly replicas: readonly Replica[];
  readonly seed: number;
}

/** Reads as fast as it can, one after the other, until it is told to stop. */
export async function readOn(
  { index, replicas, seed }: Frontend,
  tally: ReadTally,
  { startedAtMs, signal }: { readonly startedAtMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const random = seededRandom(seed + index);
  let home = index;
  let misses = 0;
  for (let count = 0; !signal.aborted; count++) {
    const replica = at(replicas, home);
    const askedAtMs = Date.now();
    tally.asked += 1;
    const ending = await replica.ask(nextRead(random), {
      name: `frontend-${index}`,
      requestId: `drill-r-${index}-${count}`,
    });
    const endedAtMs = Date.now();
    tally.add(replica.name, Math.floor((endedAtMs - startedAtMs) / 1000), ending, endedAtMs - askedAtMs);
    misses = ending.kind === "answered" ? 0 : misses + 1;
    if (misses > 0) home += 1;
    if (misses >= replicas.length) await sleep(NOBODY_THERE_MS);
  }
}

/** Presses the button, and again elsewhere as long as it is told nothing, as a person or a load balancer does. */
export async function pressButton(press: Press, replicas: readonly Replica[], seed: number): Promise<CancelRecord> {
  const random = seededRandom(seed);
  const clicks: Click[] = [];
  let home = replicas.indexOf(pick(replicas, random));
  for (let count = 0; count < CLICKS_AT_MOST; count++) {
    const replica = at(replicas, home + count);
    const requestId = `drill-c-${press.campaignId}-${count}`;
    const atMs = Date.now();
    const ending = await replica.ask(cancelOf(press.campaignId), { name: "frontend-alarm", requestId });
    clicks.push({ requestId, replica: replica.name, atMs, endedAtMs: Date.now(), ...endOf(ending) });
    if (ending.kind === "answered") break;
    await sleep(CLICK_AGAIN_MS);
  }
  return { press, clicks };
}

function endOf(ending: Ending): Pick<Click, "kind" | "claim"> {
  if (ending.kind !== "answered") return { kind: ending.kind };
  return { kind: "answered", claim: claimOf(ending.status, ending.body) };
}

function at(replicas: readonly Replica[], index: number): Replica {
  const replica = replicas[index % replicas.length];
  if (!replica) throw new Error("A drill needs a replica.");
  return replica;
}

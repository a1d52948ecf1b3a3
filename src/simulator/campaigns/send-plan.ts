import type { JsonObject } from "../json.js";
import type { SeedMove } from "./seed-campaign.js";
import type { Move } from "./status-timeline.js";

const PREPARATION: readonly SeedMove[] = [
  { afterMs: 5_000, status: "Adding Recipients" },
  { afterMs: 15_000, status: "Scheduled" },
];
const PREPARED_AFTER_MS = 20_000;
const SENDING_TAKES_MS = 30_000;

/**
 * The moves that follow a send request.
 * A19: the order of the states was seen by integrators, who speak of 20 to 30 s; the moments are ours.
 */
export function sendPlan(
  strategy: JsonObject,
  planned: readonly SeedMove[] | undefined,
  nowMs: number,
): readonly Move[] {
  if (planned !== undefined) return absolute(planned, nowMs);
  const beginsAtMs = Math.max(nowMs + PREPARED_AFTER_MS, wantedAtMs(strategy) ?? 0);
  return [
    ...absolute(PREPARATION, nowMs),
    { atMs: beginsAtMs, status: "Sending" },
    { atMs: beginsAtMs + SENDING_TAKES_MS, status: "Sent" },
  ];
}

export function absolute(moves: readonly SeedMove[], startMs: number): readonly Move[] {
  return moves.map(({ afterMs, status }) => ({ atMs: startMs + afterMs, status })).toSorted((a, b) => a.atMs - b.atMs);
}

/** A19: smart send time begins with its day, in UTC. */
function wantedAtMs(strategy: JsonObject): number | undefined {
  const wanted = strategy["datetime"] ?? strategy["date"];
  const ms = typeof wanted === "string" ? Date.parse(wanted) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

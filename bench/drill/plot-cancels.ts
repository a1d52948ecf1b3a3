import { type Area, axes, px } from "../report/svg.ts";
import { cancelTimesOf, type CancelTimes } from "./cancel-times.ts";
import type { DrillRecord } from "./run-drill.ts";

export const CANCEL_AREA: Area = { top: 74, height: 150 };

const ACCEPTED = "#1f77b4";
const TOLD_STOPPED = "#2ca02c";
const TOLD_ELSE = "#7f7f7f";
const NEVER_ACCEPTED = "#d62728";
const TOLD_UNTRUTH = "#000000";
export const CANCEL_LEGEND = [
  ["accepted by Klaviyo", ACCEPTED],
  ["told STOPPED", TOLD_STOPPED],
  ["told something else", TOLD_ELSE],
  ["told an untruth", TOLD_UNTRUTH],
  ["stoppable, never accepted", NEVER_ACCEPTED],
] as const;

const TICKS_S = [0, 2, 4, 6, 8, 10];
/** Cancels that took longer, or were never answered, stand at the top. */
const LONGEST_S = 12;

/**
 * Each cancel as a line from its click up to its answer, with a square where Klaviyo accepted it.
 * @param untrue the campaigns about which a frontend was told something untrue
 */
export function plotCancels(record: DrillRecord, untrue: ReadonlySet<string>, toX: (second: number) => number): string {
  const marks = cancelTimesOf(record).map((times) => {
    const colour = untrue.has(times.campaignId) ? TOLD_UNTRUTH : colourOf(times);
    return markOf(times, px(toX(times.clickedMs / 1000)), colour);
  });
  return [axes(CANCEL_AREA, "seconds after the click", TICKS_S, toY), ...marks].join("\n");
}

function markOf(times: CancelTimes, x: number, colour: string): string {
  const { campaignId, acceptedAfterMs, answeredAfterMs, outcome } = times;
  const endY = px(toY((answeredAfterMs ?? Infinity) / 1000));
  const title = `<title>${campaignId}: ${outcome ?? "no answer"}</title>`;
  const line = `<line x1="${x}" x2="${x}" y1="${toY(0)}" y2="${endY}" stroke="#bbb"/>`;
  const end = `<circle cx="${x}" cy="${endY}" r="3" fill="${colour}"/>`;
  return `<g>${title}${line}${acceptedAfterMs === undefined ? "" : square(x, toY(acceptedAfterMs / 1000))}${end}</g>`;
}

function square(x: number, y: number): string {
  return `<rect x="${px(x - 2.5)}" y="${px(y - 2.5)}" width="5" height="5" fill="${ACCEPTED}"/>`;
}

function colourOf({ stoppedAfterMs, acceptedAfterMs, isStoppable }: CancelTimes): string {
  if (stoppedAfterMs !== undefined) return TOLD_STOPPED;
  return isStoppable && acceptedAfterMs === undefined ? NEVER_ACCEPTED : TOLD_ELSE;
}

function toY(seconds: number): number {
  return CANCEL_AREA.top + CANCEL_AREA.height * (1 - Math.min(seconds, LONGEST_S) / LONGEST_S);
}

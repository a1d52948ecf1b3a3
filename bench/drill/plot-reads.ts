import { type Area, axes, px, text } from "../report/svg.ts";
import type { ReadResult } from "./read-tally.ts";
import type { DrillRecord } from "./run-drill.ts";

export const READ_AREA: Area = { top: 266, height: 120 };

/** In the order in which they are drawn: what matters most comes last, on top. */
const LINES: readonly (readonly [ReadResult, string])[] = [
  ["shed", "#ff7f0e"],
  ["failed", "#d62728"],
  ["partial", "#9467bd"],
  ["stale", "#bcbd22"],
  ["served", "#2ca02c"],
];
export const READ_LEGEND = LINES.map(([name, colour]) => [`reads ${name}`, colour] as const);

const TICKS = [0, 1, 10, 100, 1_000, 10_000];
const MOST = 10_000;

/** How many reads ended how in each second. */
export function plotReads(record: DrillRecord, toX: (second: number) => number): string {
  const { seconds, reads } = record;
  const lines = LINES.filter(([name]) => reads.total[name] > 0).map(([name, colour]) => {
    const points = Array.from({ length: seconds }, (_, second) => {
      return `${px(toX(second + 0.5))},${px(toY(reads.bySecond[second]?.[name] ?? 0))}`;
    });
    return `<polyline points="${points.join(" ")}" fill="none" stroke="${colour}" stroke-width="1.3"/>`;
  });
  return [axes(READ_AREA, "reads a second", TICKS, toY), ...timeTicks(seconds, toX), ...lines].join("\n");
}

function timeTicks(seconds: number, toX: (second: number) => number): readonly string[] {
  const every = seconds > 60 ? 30 : Math.max(1, Math.round(seconds / 5));
  const ticks = Array.from({ length: Math.floor(seconds / every) + 1 }, (_, index) => index * every);
  const y = READ_AREA.top + READ_AREA.height + 14;
  return ticks.map((tick) => text(toX(tick), y, `${tick} s`, 'text-anchor="middle"'));
}

/** Logarithmic, and none lies on the ground: a handful that is served is to be seen beside thousands that are shed. */
function toY(count: number): number {
  return READ_AREA.top + READ_AREA.height * (1 - Math.log1p(Math.min(count, MOST)) / Math.log1p(MOST));
}

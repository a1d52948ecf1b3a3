import { axes, type Area, group, INNER_WIDTH, LEFT, legend, PANEL, px, svg, text } from "../report/svg.ts";
import type { Contestant } from "./contestants.ts";
import type { Score } from "./summary.ts";
import type { Workload } from "./workloads.ts";

const COLOURS = ["#7f7f7f", "#111111", "#d62728", "#ff9896", "#c7c7c7", "#1f77b4", "#2ca02c", "#9467bd", "#8c564b"];
const AREA: Area = { top: 20, height: 300 };
const TOP = 60;
/** What is beyond is drawn to the edge, and its number is written on it. */
const MOST = 1.5;
const TICKS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5];

/** Shares of the floor, as bars: a group for each workload. */
export function plotOf(
  scores: readonly Score[],
  contestants: readonly Contestant[],
  workloads: readonly Workload[],
): string {
  const entries = contestants.map(({ title }, index) => [title.replaceAll("*", ""), colourOf(index)] as const);
  const toY = (share: number) => AREA.top + AREA.height * (1 - Math.min(share, MOST) / MOST);
  const wide = INNER_WIDTH / workloads.length;
  const bar = (wide * 0.85) / contestants.length;
  const bars = workloads.flatMap((workload, at) => [
    text(LEFT + (at + 0.45) * wide, AREA.top + AREA.height + 14, workload.name, 'text-anchor="middle"'),
    ...contestants.flatMap((contestant, index) => {
      const score = scores.find(({ workload: of, contestant: by }) => of === workload.name && by === contestant.name);
      if (score?.shareOfFloor === undefined) return [];
      const y = toY(score.shareOfFloor);
      const x = LEFT + at * wide + index * bar;
      const height = px(AREA.top + AREA.height - y);
      const title = `<title>${contestant.name} ${score.shareOfFloor.toFixed(2)}</title>`;
      return [
        `<rect x="${px(x)}" y="${px(y)}" width="${px(bar)}" height="${height}" fill="${colourOf(index)}">${title}</rect>`,
        ...(score.shareOfFloor > MOST ? [text(x, y + 8, score.shareOfFloor.toFixed(1), 'font-size="7"')] : []),
      ];
    }),
  ]);
  const height = TOP + AREA.top + AREA.height + 24;
  const panel = group(0, TOP, [axes(AREA, "share of the floor", TICKS, toY), ...bars].join("\n"));
  return svg(PANEL.width, height, [legend(entries, PANEL.width), panel]);
}

function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length] ?? "#000";
}

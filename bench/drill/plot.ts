import { group, INNER_WIDTH, LEFT, legend, PANEL, px, svg, text } from "../report/svg.ts";
import { CANCEL_AREA, CANCEL_LEGEND, plotCancels } from "./plot-cancels.ts";
import { plotReads, READ_AREA, READ_LEGEND } from "./plot-reads.ts";
import type { DrillRecord } from "./run-drill.ts";
import type { Kind } from "./scenario.ts";
import { type Column, titleOf } from "./table.ts";

const LEGEND_HEIGHT = 56;
/** From left to right. */
const KINDS: readonly Kind[] = ["gateway", "proxy"];
const BANDS = ["#fde8e8", "#fff3cd", "#e2e3f3"];

/** The drills as one SVG: a panel each, gateways left and proxies right, with cancels above and reads below. */
export function plotOf(columns: readonly Column[]): string {
  const kinds = KINDS.filter((kind) => columns.some(({ result }) => result.options.kind === kind));
  const counts = [...new Set(columns.map(({ result }) => result.options.replicaCount))];
  const panels = columns.map((column) => {
    const { kind, replicaCount } = column.result.options;
    const top = LEGEND_HEIGHT + counts.indexOf(replicaCount) * PANEL.height;
    return group(kinds.indexOf(kind) * PANEL.width, top, panelOf(column));
  });
  const width = kinds.length * PANEL.width;
  const height = LEGEND_HEIGHT + counts.length * PANEL.height;
  return svg(width, height, [legend([...CANCEL_LEGEND, ...READ_LEGEND], width), ...panels]);
}

function panelOf({ result, summary }: Column): string {
  const { record } = result;
  const toX = (second: number) => LEFT + (second / record.seconds) * INNER_WIDTH;
  const { truthful, asked, throttled } = summary;
  return [
    text(LEFT, 16, titleOf(result), 'font-size="15" font-weight="bold"'),
    text(LEFT, 32, `${truthful} of ${asked} cancels answered truthfully; ${throttled} 429s from Klaviyo`),
    ...bandsOf(record, toX),
    plotCancels(record, summary.liedAbout, toX),
    plotReads(record, toX),
  ].join("\n");
}

/** What was done to the system, as shades behind both areas. */
function bandsOf({ blows, seconds }: DrillRecord, toX: (second: number) => number): readonly string[] {
  return blows.flatMap(({ label, atMs, untilMs }, index) => {
    const from = toX(atMs / 1000);
    const width = px(toX((untilMs ?? seconds * 1000) / 1000) - from);
    const fill = BANDS[index % BANDS.length];
    const shades = [CANCEL_AREA, READ_AREA].map(
      ({ top, height }) =>
        `<rect x="${px(from)}" y="${top}" width="${width}" height="${height}" fill="${fill}" fill-opacity="0.75"/>`,
    );
    return [...shades, text(from + 3, 47 + index * 10, label, 'font-size="9" fill="#555"')];
  });
}

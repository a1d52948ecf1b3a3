import { axes, type Area, group, INNER_WIDTH, LEFT, legend, PANEL, px, svg, text } from "../report/svg.ts";

/** CPU time a request, by the size of something. */
export interface Curve {
  readonly series: string;
  readonly contestant: string;
  readonly points: readonly (readonly [size: number, cpuUs: number])[];
}

const COLOURS: Readonly<Record<string, string>> = { floor: "#111111", gateway: "#d62728" };
const AREA: Area = { top: 30, height: 180 };
const PANEL_HEIGHT = 250;
const TOP = 30;

/** A panel for each series, one below the other. */
export function plotCurves(curves: readonly Curve[]): string {
  const names = [...new Set(curves.map(({ series }) => series))];
  const height = TOP + names.length * PANEL_HEIGHT;
  const panels = names.map((name, index) => {
    const own = curves.filter(({ series }) => series === name);
    return group(0, TOP + index * PANEL_HEIGHT, panelOf(name, own));
  });
  return svg(PANEL.width, height, [legend(Object.entries(COLOURS), PANEL.width), ...panels]);
}

function panelOf(name: string, curves: readonly Curve[]): string {
  const sizes = curves[0]?.points.map(([size]) => size) ?? [];
  const least = sizes[0] ?? 1;
  const span = Math.log((sizes.at(-1) ?? 1) / least) || 1;
  const most = Math.max(1, ...curves.flatMap(({ points }) => points.map(([, us]) => us)));
  const toX = (size: number) => LEFT + (Math.log(size / least) / span) * INNER_WIDTH;
  const toY = (us: number) => AREA.top + AREA.height * (1 - us / most);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * most));
  const lines = curves.map(({ contestant, points }) => {
    const path = points.map(([size, us]) => `${px(toX(size))},${px(toY(us))}`).join(" ");
    return `<polyline points="${path}" fill="none" stroke="${COLOURS[contestant] ?? "#999"}" stroke-width="1.5"/>`;
  });
  const labels = sizes.map((size) =>
    text(toX(size), AREA.top + AREA.height + 14, String(size), 'text-anchor="middle"'),
  );
  const title = text(LEFT, 18, name, 'font-size="13" font-weight="bold"');
  return [title, axes(AREA, "µs of CPU a request", ticks, toY), ...labels, ...lines].join("\n");
}

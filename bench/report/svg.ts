/** A part of a panel that has axes, in pixels. */
export interface Area {
  readonly top: number;
  readonly height: number;
}

export const PANEL = { width: 640, height: 440 };
export const LEFT = 56;
export const INNER_WIDTH = PANEL.width - LEFT - 16;

/** The whole picture. */
export function svg(width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11">
<rect width="${width}" height="${height}" fill="white"/>
${parts.join("\n")}
</svg>
`;
}

export function text(x: number, y: number, words: string, more = ""): string {
  return `<text x="${px(x)}" y="${px(y)}" ${more}>${words.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}</text>`;
}

export function group(x: number, y: number, content: string): string {
  return `<g transform="translate(${x} ${y})">${content}</g>`;
}

/** An area's border, its title beside it, and a line for each tick. */
export function axes(area: Area, title: string, ticks: readonly number[], toY: (value: number) => number): string {
  const { top, height } = area;
  const middle = top + height / 2;
  const border = `<rect x="${LEFT}" y="${top}" width="${INNER_WIDTH}" height="${height}" fill="none" stroke="#999"/>`;
  const name = text(14, middle, title, `text-anchor="middle" transform="rotate(-90 14 ${middle})"`);
  return [border, name, ...ticks.map((tick) => gridLine(toY(tick), String(tick)))].join("");
}

function gridLine(y: number, label: string): string {
  const line = `<line x1="${LEFT}" x2="${LEFT + INNER_WIDTH}" y1="${px(y)}" y2="${px(y)}" stroke="#ddd"/>`;
  return `${line}${text(LEFT - 6, y + 4, label, 'text-anchor="end"')}`;
}

/** Entries with a coloured square each, in as many rows as they need. */
export function legend(entries: readonly (readonly [name: string, colour: string])[], width: number): string {
  let x = LEFT;
  let y = 14;
  const drawn = entries.map(([name, colour]) => {
    const wide = 34 + name.length * 6;
    if (x + wide > width) [x, y] = [LEFT, y + 18];
    const entry = `<rect x="${x}" y="${y}" width="10" height="10" fill="${colour}"/>${text(x + 14, y + 9, name)}`;
    x += wide;
    return entry;
  });
  return drawn.join("\n");
}

/** A tenth of a pixel is as exact as anybody sees, and keeps the file short. */
export function px(value: number): number {
  return Math.round(value * 10) / 10;
}

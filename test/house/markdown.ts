/** What tests read out of a Markdown page. It knows as much of Markdown as this repository's pages use. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Tables, as trimmed cells. */
export function tablesIn(page: string): readonly Table[] {
  const blocks = withoutFences(page).match(/(?:^\|.*\|[ \t]*$\n?)+/gm) ?? [];
  return blocks.map((block) => {
    const [header = [], , ...rows] = block.trim().split("\n").map(cellsOf);
    return { header, rows };
  });
}

/** Where inline links, images and reference definitions lead. */
export function linksIn(page: string): readonly string[] {
  const prose = withoutCode(page);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const definitions = [...prose.matchAll(/^\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm)];
  return [...inline, ...definitions].flatMap((match) => match[1] ?? []);
}

/** What stands in single backticks. */
export function codeSpansIn(page: string): readonly string[] {
  return [...withoutFences(page).matchAll(/`([^`\n]+)`/g)].flatMap((match) => match[1] ?? []);
}

/** The anchors that GitHub gives to headings. */
export function anchorsIn(page: string): readonly string[] {
  const headings = [...withoutFences(page).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)];
  return headings.map((match) => anchorOf(match[1] ?? ""));
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function cellsOf(line: string): string[] {
  return line
    .trim()
    .slice(1, -1)
    .split("|")
    .map((cell) => cell.trim());
}

function withoutFences(page: string): string {
  return page.replaceAll(/^[ \t]*(`{3,}|~{3,})[^\n]*\n[\s\S]*?^[ \t]*\1[ \t]*$/gm, "");
}

function withoutCode(page: string): string {
  return withoutFences(page).replaceAll(/`[^`\n]+`/g, "");
}

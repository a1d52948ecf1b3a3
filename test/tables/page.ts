import { readFileSync, writeFileSync } from "node:fs";

/** npm tells what it runs the name of the script, which works in every shell. */
export const isWriting = process.env["npm_lifecycle_event"] === "tables";

/** A Markdown table as prettier lays it out. */
export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = header.map((cell, column) => Math.max(3, cell.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** What a page has, and what it has to have: equal after `npm run tables`, which writes it. */
export function pageAndExpected(path: string, expected: string): readonly [string, string] {
  if (isWriting) writeFileSync(path, expected);
  return [readFileSync(path, "utf8"), expected];
}

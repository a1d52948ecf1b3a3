import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Puts a report between the marks of docs/performance.md that carry its name. */
export async function writeDocs(root: string, name: string, report: string): Promise<void> {
  const page = join(root, "docs/performance.md");
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const text = await readFile(page, "utf8");
  const [before, rest] = text.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined)
    throw new Error(`docs/performance.md needs the marks ${begin} and ${end}.`);
  await writeFile(page, `${before}${begin}\n\n${report}\n\n${end}${after}`);
}

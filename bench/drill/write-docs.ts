import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

const BEGIN = "<!-- drill: begin -->";
const END = "<!-- drill: end -->";

/** Puts the report between the marks of docs/drill.md, and the plot beside it. */
export async function writeDocs(root: string, report: string, plot: string): Promise<void> {
  const page = join(root, "docs/drill.md");
  const text = await readFile(page, "utf8");
  const [before] = text.split(BEGIN);
  const [, after] = text.split(END);
  if (before === undefined || after === undefined)
    throw new Error(`docs/drill.md needs the marks ${BEGIN} and ${END}.`);
  await writeFile(page, `${before}${BEGIN}\n\n${report}\n\n${END}${after}`);
  await writeFile(join(root, "docs/drill.svg"), plot);
}

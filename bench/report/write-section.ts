import { readFile, writeFile } from "node:fs/promises";

/** Puts text between the two marks of a Markdown page that carry its name. */
export async function writeSection(page: string, name: string, text: string): Promise<void> {
  const [begin, end] = [`<!-- ${name}: begin -->`, `<!-- ${name}: end -->`];
  const whole = await readFile(page, "utf8");
  const [before, rest] = whole.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${page} needs the marks ${begin} and ${end}.`);
  await writeFile(page, `${before}${begin}\n\n${text}\n\n${end}${after}`);
}

import { posix } from "node:path";
import { exists, filesLike, read } from "./repository.js";

/** One import of one file by another; both are paths from the repository's root. */
export interface SourceImport {
  readonly from: string;
  readonly to: string;
}

const FORMS = [
  /^[ \t]*(?:import|export)\b[^;"']*?\bfrom\s*["']([^"']+)["']/gm,
  /^[ \t]*import\s*["']([^"']+)["']/gm,
  /\b(?:import|require)\(\s*["']([^"']+)["']\s*\)/g,
];

/** What a source text imports, as it is written there; type-only imports too, for they tie files together just as well. */
export function specifiersIn(source: string): readonly string[] {
  return FORMS.flatMap((form) => [...source.matchAll(form)].flatMap((match) => match[1] ?? []));
}

/** Every import of one source file by another. */
export function readSourceImports(): readonly SourceImport[] {
  return filesLike("src/**/*.ts").flatMap((from) =>
    specifiersIn(read(from))
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => ({ from, to: resolved(from, specifier) })),
  );
}

function resolved(from: string, specifier: string): string {
  const to = posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
  if (!exists(to)) throw new Error(`${from} imports ${specifier}, which the scanner cannot find.`);
  return to;
}

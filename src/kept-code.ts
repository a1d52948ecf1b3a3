import { hash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { wrap } from "node:module";
import { dirname } from "node:path";
import { Script } from "node:vm";

/** A file that was run. */
export interface RunFile<Exports> {
  readonly exports: Exports;
  /** Keeps what V8 has compiled of the file until now, beside it, for those who run it next. */
  keepCode(): void;
}

/** Of SHA-256. */
const SUM_BYTES = 32;

/**
 * Runs a file as `require` does, but for what V8 compiled of it when its code was kept. Where none was, where it is another file's or
 * another V8's, or where V8 has other flags than it had, the file is compiled as it runs.
 * @param file its whole path
 * @param require of the folder that the file is in
 */
export function runFile<Exports>(file: string, require: NodeJS.Require): RunFile<Exports> {
  const source = readFileSync(file);
  const sum = hash("sha256", source, "buffer");
  const [before = ""] = wrap("\n").split("\n");
  const script = new Script(wrap(source.toString()), {
    filename: file,
    columnOffset: -before.length,
    cachedData: keptCode(file, sum),
  });
  const module = { exports: {} };
  script.runInThisContext().call(module.exports, module.exports, require, module, file, dirname(file));
  return {
    exports: module.exports as Exports,
    keepCode: () => writeFileSync(placeOf(file), Buffer.concat([sum, script.createCachedData()])),
  };
}

/** V8 knows a file by its length alone: by its sum it is known that the code is this file's. */
function keptCode(file: string, sum: Buffer): Buffer | undefined {
  let kept: Buffer;
  try {
    kept = readFileSync(placeOf(file));
  } catch {
    return undefined;
  }
  return kept.subarray(0, SUM_BYTES).equals(sum) ? kept.subarray(SUM_BYTES) : undefined;
}

function placeOf(file: string): string {
  return `${file}.code`;
}

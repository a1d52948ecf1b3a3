import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { type ChainEnd, readChainLine } from "./audit-chain.js";

/** So much of a file's end is looked at first, and four times as much each time that no line is found in it. */
const FIRST_LOOK_BYTES = 65_536;
const LAST_LOOK_BYTES = 16_777_216;

/**
 * Where the chain in a file stands: at the last line that is one. The file may be larger than a text can be: only its end is read.
 * @returns undefined where the whole of a file has no line @throws Error where a large file seems to be something else
 */
export async function readChainEnd(path: string): Promise<ChainEnd | undefined> {
  const { size } = await stat(path);
  if (size === 0) return undefined;
  for (let bytes = FIRST_LOOK_BYTES; bytes <= LAST_LOOK_BYTES; bytes *= 4) {
    const lines = (await readLast(path, size, bytes)).split("\n");
    // It may have been cut anywhere, in the middle of a character as well.
    if (bytes < size) lines.shift();
    const end = lastOf(lines);
    if (end || bytes >= size) return end;
  }
  throw new Error(
    `${path} has no line of an audit log in its last ${LAST_LOOK_BYTES} bytes: move it, or give another file.`,
  );
}

/** Whether a file's last line lacks its end. */
export async function endsInsideLine(path: string): Promise<boolean> {
  const { size } = await stat(path);
  return size > 0 && (await readLast(path, size, 1)) !== "\n";
}

function readLast(path: string, size: number, bytes: number): Promise<string> {
  return text(createReadStream(path, { start: Math.max(0, size - bytes) }));
}

function lastOf(lines: readonly string[]): ChainEnd | undefined {
  for (const line of lines.toReversed()) {
    const end = readChainLine(line);
    if (end) return { sequence: end.sequence, hash: end.hash };
  }
  return undefined;
}

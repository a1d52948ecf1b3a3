import { appendFile, type FileHandle, open } from "node:fs/promises";
import type { Writable } from "node:stream";
import type { ChainEnd } from "./audit-chain.js";
import type { AuditSink } from "./audit-log.js";
import { endsInsideLine, readChainEnd } from "./read-chain-end.js";

/** Appends to a file, and goes on with the chain that is in it. A line that was written in part is taken back. */
export function fileSink(path: string): AuditSink {
  return {
    open: async () => {
      await appendFile(path, "", { mode: 0o600 });
      // A process that was killed leaves half a line. It stays, as a line that cannot be verified, or as the last one, if it is whole.
      if (await endsInsideLine(path)) await appendFile(path, "\n");
      return readChainEnd(path);
    },
    write: async (lines) => {
      // By this name there may be another file in a moment, from which nothing must be taken.
      const file = await open(path, "a", 0o600);
      try {
        await appendWhole(file, lines);
      } finally {
        // What is on the disk is there, however this ends: it is not to be written again.
        await file.close().catch(() => undefined);
      }
    },
  };
}

async function appendWhole(file: FileHandle, lines: string): Promise<void> {
  const { size } = await file.stat();
  try {
    await file.appendFile(lines);
    await file.sync();
  } catch (error) {
    await file.truncate(size).catch(() => undefined);
    throw error;
  }
}

/** Writes to a stream, which begins a chain of its own with each start. */
export function streamSink(stream: Writable): AuditSink {
  return {
    open: async (): Promise<ChainEnd | undefined> => {
      // Each write says by itself how it ended; but what a stream says to nobody ends the process.
      stream.on("error", () => {});
      return undefined;
    },
    write: (lines) =>
      new Promise((resolve, reject) => void stream.write(lines, (error) => (error ? reject(error) : resolve()))),
  };
}

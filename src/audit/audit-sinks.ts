import { appendFile, stat, truncate } from "node:fs/promises";
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
      const { size } = await stat(path).catch(() => ({ size: 0 }));
      try {
        await appendFile(path, lines, { mode: 0o600, flush: true });
      } catch (error) {
        await truncate(path, size).catch(() => undefined);
        throw error;
      }
    },
  };
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

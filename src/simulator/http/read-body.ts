import type { IncomingMessage } from "node:http";

/** Klaviyo's limit on a payload. */
export const BODY_LIMIT_BYTES = 5_000_000;

/** Reads to the end, but keeps no more than one byte over the limit: enough to tell that it was passed. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let keptBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    const kept = chunk.subarray(0, BODY_LIMIT_BYTES + 1 - keptBytes);
    keptBytes += kept.length;
    if (kept.length > 0) chunks.push(kept);
  }
  return Buffer.concat(chunks).toString("utf8");
}

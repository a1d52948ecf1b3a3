/** One request, as far as a script is concerned. */
export interface WireCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** How many requests its connection had seen before it. */
  readonly callsBefore: number;
}

/** The first complete request in the bytes; undefined while there is none. Good enough for the gateway's own requests. */
export function takeRequest(received: Buffer): { bytes: Buffer; method: string; path: string } | undefined {
  const headEnd = received.indexOf("\r\n\r\n");
  if (headEnd < 0) return undefined;
  const head = received.toString("latin1", 0, headEnd);
  const length = headEnd + 4 + Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  if (received.length < length) return undefined;
  const [method = "", path = ""] = head.split(" ", 2);
  return { bytes: received.subarray(0, length), method, path };
}

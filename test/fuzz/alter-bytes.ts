import type { Draw } from "./draw.js";

/** Pieces that mean something in HTTP, JSON or UTF-8, where they stand where they should not. */
const PIECES: readonly Buffer[] = [
  "\r\n",
  "\r\n\r\n",
  "\n",
  "\0",
  " ",
  ":",
  "{",
  "}",
  '"',
  "[",
  "]",
  ",",
  "\\",
  "\\u",
  "%",
  "0\r\n\r\n",
  "HTTP/1.1",
  "Content-Length: 7\r\n",
  "Transfer-Encoding: chunked\r\n",
  "\xff\xfe",
  "\xef\xbb\xbf",
  "\xc0\xaf",
].map((piece) => Buffer.from(piece, "latin1"));

/** The same bytes, which have been cut, repeated, changed or added to at some places. */
export function alterBytes(draw: Draw, bytes: Buffer): Buffer {
  let altered = bytes;
  for (let left = 1 + draw.below(3); left > 0; left--) altered = alterOnce(draw, altered);
  return altered;
}

function alterOnce(draw: Draw, bytes: Buffer): Buffer {
  const start = draw.below(bytes.length + 1);
  const end = Math.min(bytes.length, start + 1 + draw.below(16));
  const [before, there, after] = [bytes.subarray(0, start), bytes.subarray(start, end), bytes.subarray(end)];
  switch (draw.below(5)) {
    case 0:
      return before;
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return Buffer.concat([before, there, there, after]);
    case 3:
      return Buffer.concat([before, Buffer.from(there.map((byte) => byte ^ (1 << draw.below(8)))), after]);
    default:
      return Buffer.concat([before, draw.pick(PIECES), there, after]);
  }
}

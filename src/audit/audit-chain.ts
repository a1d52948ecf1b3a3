import { createHash } from "node:crypto";

/** Where a chain stands: what the next line refers to. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

/** Before the first line. */
export const CHAIN_START: ChainEnd = { sequence: 0, hash: "0".repeat(64) };

/** One line of the audit log. Its hash covers everything before it in the line, the hash of the line before among it. */
export function chainLine(record: object, sequence: number, previous: string): { readonly line: string } & ChainEnd {
  const text = JSON.stringify({ sequence, previous, ...record });
  const hash = hashOf(text);
  return { line: `${text.slice(0, -1)},"hash":"${hash}"}\n`, sequence, hash };
}

/** A text may hold separators of lines that JSON does not count as such. */
const LINE = /^(.*),"hash":"([0-9a-f]{64})"\}$/s;

/** @returns undefined for a line that was changed, or is none */
export function readChainLine(line: string): (ChainEnd & { readonly previous: string }) | undefined {
  const [, text = "", hash = ""] = LINE.exec(line) ?? [];
  if (hash === "" || hashOf(`${text}}`) !== hash) return undefined;
  const { sequence, previous } = JSON.parse(`${text}}`) as { sequence: number; previous: string };
  return { sequence, previous, hash };
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

import { CHAIN_START, type ChainEnd, readChainLine } from "./audit-chain.js";

/** What is wrong with an audit log, line by line, and where its chain ends. */
export interface Verification {
  readonly faults: readonly string[];
  readonly lines: number;
  readonly end: ChainEnd;
}

/** Follows the chain from the first line to the last. That lines are missing at the end cannot be seen: compare the last hash. */
export function verifyAuditLog(text: string): Verification {
  const lines = text.split("\n");
  const tail = lines.pop();
  const faults: string[] = [];
  let end = CHAIN_START;
  lines.forEach((line, index) => {
    const found = readChainLine(line);
    if (!found) return void faults.push(`Line ${index + 1} was changed, or is no line of an audit log.`);
    if (found.previous !== end.hash)
      faults.push(`Line ${index + 1} does not follow the line before it: something was removed, added or moved.`);
    else if (found.sequence !== end.sequence + 1)
      faults.push(`Before line ${index + 1}, ${found.sequence - end.sequence - 1} records were lost by the gateway.`);
    end = found;
  });
  if (tail) faults.push("The last line was cut off.");
  return { faults, lines: lines.length, end };
}

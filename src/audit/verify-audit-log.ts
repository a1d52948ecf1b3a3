import { CHAIN_START, type ChainEnd, readChainLine } from "./audit-chain.js";

/** What is wrong with an audit log, line by line, and where its chain ends. */
export interface Verified {
  readonly faults: readonly string[];
  readonly lines: number;
  readonly end: ChainEnd;
}

/** Follows the chain from the first line to the last. That lines are missing at the end cannot be seen: compare the last hash. */
export function verifyAuditLog(text: string): Verified {
  const verification = new Verification();
  verification.add(text);
  return verification.finish();
}

/** The same for what comes in parts, of any size: a log may be larger than a text can be. */
export class Verification {
  private readonly faults: string[] = [];
  private lines = 0;
  private end = CHAIN_START;
  private tail = "";

  add(text: string): void {
    const lines = (this.tail + text).split("\n");
    this.tail = lines.pop() ?? "";
    for (const line of lines) this.follow(line);
  }

  finish(): Verified {
    const cutOff = this.tail === "" ? [] : ["The last line was cut off."];
    return { faults: [...this.faults, ...cutOff], lines: this.lines, end: this.end };
  }

  private follow(line: string): void {
    this.lines += 1;
    const found = readChainLine(line);
    if (!found) return void this.faults.push(`Line ${this.lines} was changed, or is no line of an audit log.`);
    if (found.previous !== this.end.hash)
      this.faults.push(`Line ${this.lines} does not follow the line before it: something was removed, added or moved.`);
    else if (found.sequence !== this.end.sequence + 1) {
      const lost = found.sequence - this.end.sequence - 1;
      this.faults.push(`Before line ${this.lines}, ${lost} records were lost by the gateway.`);
    }
    this.end = found;
  }
}
